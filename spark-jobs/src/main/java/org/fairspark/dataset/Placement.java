package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
 * @param questions what names do not tell
 */
record Placement(
    List<ImageEntry> entries,
    Map<String, Omission> left,
    Set<String> tables,
    Set<String> unlisted,
    List<String> notes,
    List<Question> questions) {

  /**
   * A question that a layout cannot answer from names.
   *
   * @param found what is not clear, in one sentence
   * @param remedy what to change so that it is
   * @param files that it is about, placed or not
   * @param masks whether these files may be masks
   */
  record Question(String found, String remedy, Set<String> files, boolean masks) {}

  /**
   * Returns this placement if it leaves no question.
   *
   * @throws LayoutQuestion with all questions, to be put to the user
   */
  Placement settled() {
    if (!questions.isEmpty()) {
      throw new LayoutQuestion(this);
    }
    return this;
  }

  /** Returns the names of the files that questions are about. */
  Set<String> inQuestion() {
    Set<String> files = new HashSet<>();
    questions.forEach(question -> files.addAll(question.files()));
    return files;
  }

  /** Returns the names of the files that may be masks or images. */
  Set<String> perhapsMasks() {
    Set<String> files = new HashSet<>();
    questions.stream().filter(Question::masks).forEach(question -> files.addAll(question.files()));
    return files;
  }

  /** A placement in the making. */
  static final class Builder {
    private final List<ImageEntry> entries = new ArrayList<>();
    private final Map<String, Omission> left = new HashMap<>();
    private final Set<String> tables = new TreeSet<>();
    private final Set<String> unlisted = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();

    void image(ImageEntry entry) {
      entries.add(entry);
    }

    /** Leaves a file out. */
    void leave(FileItem file, Omission reason) {
      leave(file.name(), reason);
    }

    /** Leaves the file of a name out. */
    void leave(String name, Omission reason) {
      left.put(name, reason);
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

    /**
     * Puts a question to the user, without which nothing is read.
     *
     * @param found what is not clear, in one sentence
     * @param remedy what to change so that it is
     * @param files that it is about, placed or not
     */
    void ask(String found, String remedy, Collection<FileItem> files) {
      askOf(found, remedy, files.stream().map(FileItem::name).toList());
    }

    /** Puts a question, as {@link #ask}, about files of these names. */
    void askOf(String found, String remedy, Collection<String> names) {
      questions.add(new Question(found, remedy, new HashSet<>(names), false));
    }

    /** Puts a question, as {@link #ask}, about files that may be masks or images. */
    void askAboutMasks(String found, String remedy, Collection<FileItem> files) {
      Set<String> names = new HashSet<>();
      files.forEach(file -> names.add(file.name()));
      questions.add(new Question(found, remedy, names, true));
    }

    /**
     * Asks about files that may be masks of images beside them, and leaves out those that are not
     * read.
     *
     * @param category what a message begins with
     * @param place where masks would be told from images, in words
     */
    void ask(String category, BesideMasks beside, String place) {
      beside.unread().forEach(file -> leave(file, Omission.UNREAD_TWIN));
      if (beside.questions().isEmpty()) {
        return;
      }
      BesideMasks.Pair first = beside.questions().get(0);
      askAboutMasks(
          "%s: %d file(s) may be masks of the images beside them, or images themselves, such as %s beside %s"
              .formatted(
                  category, beside.questions().size(), first.other().name(), first.image().name()),
          "move masks to %s or call them NAME_mask.png; move copies of images out of data.root"
              .formatted(place),
          beside.questions().stream().map(BesideMasks.Pair::other).toList());
    }

    /** Adds all that another one places. */
    void all(Placement other) {
      entries.addAll(other.entries());
      left.putAll(other.left());
      tables.addAll(other.tables());
      unlisted.addAll(other.unlisted());
      notes.addAll(other.notes());
      questions.addAll(other.questions());
    }

    Placement build() {
      return new Placement(entries, left, tables, unlisted, notes, questions);
    }
  }
}
