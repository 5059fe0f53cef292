package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fairspark.files.Omission;

/**
 * The images of a tree as a layout places them. An image file that is named nowhere here counts as
 * {@link Omission#OUTSIDE_LAYOUT}, so that no file is lost.
 *
 * @param entries images that have their place, each with its masks
 * @param left image files that are left out for another reason, by their names
 * @param tables files below the root, none of them images, that the layout read
 * @param unlisted images and masks below the root that do not have the name of an image
 * @param notes what the user should know, one sentence each
 */
record Placement(
    List<ImageEntry> entries,
    Map<String, Omission> left,
    Set<String> tables,
    Set<String> unlisted,
    List<String> notes) {

  /** A placement in the making. */
  static final class Builder {
    private final List<ImageEntry> entries = new ArrayList<>();
    private final Map<String, Omission> left = new HashMap<>();
    private final Set<String> tables = new TreeSet<>();
    private final Set<String> unlisted = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();

    void image(ImageEntry entry) {
      entries.add(entry);
    }

    /** Leaves a file out. */
    void leave(FileItem file, Omission reason) {
      left.put(file.name(), reason);
    }

    /** Names a file that the layout read. */
    void table(String name) {
      tables.add(name);
    }

    /** Names an image or a mask that does not have the name of one. */
    void unlisted(String name) {
      unlisted.add(name);
    }

    /** Adds what the user should know; about one category, it begins with its name and a colon. */
    void note(String note) {
      notes.add(note);
    }

    /** Adds all that another one places. */
    void all(Placement other) {
      entries.addAll(other.entries());
      left.putAll(other.left());
      tables.addAll(other.tables());
      unlisted.addAll(other.unlisted());
      notes.addAll(other.notes());
    }

    Placement build() {
      return new Placement(entries, left, tables, unlisted, notes);
    }
  }
}
