package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;

/**
 * An account of all files below a data root: each is an image, a mask, a table that says what
 * images are, or left out for a reason.
 *
 * @param images images of the data set
 * @param masks their masks
 * @param tables files that the layout read
 * @param left the rest, with reasons
 */
public record FileAccount(long images, long masks, long tables, Omissions left) {

  /**
   * Accounts for a tree.
   *
   * @param entries the images that are used, all or some of those placed
   * @param beyond ids of training images that are more than was asked for
   */
  static FileAccount of(
      FileTree tree, Placement placement, List<ImageEntry> entries, Set<String> beyond) {
    Set<String> masks = new HashSet<>();
    long images = 0;
    for (ImageEntry entry : entries) {
      // A table of images may name others than those below the root.
      images += entry.root().isEmpty() ? 0 : 1;
      entry.masks().stream()
          .filter(mask -> !mask.root().isEmpty())
          .forEach(mask -> masks.add(mask.name()));
    }
    Omissions left = tree.left().without(Omission.NOT_AN_IMAGE, placement.tables());
    for (String name : placement.unlisted()) {
      left =
          left.without(PathNames.omissionOfKind(PathNames.last(name)).orElseThrow(), Set.of(name));
    }
    if (images + masks.size() < tree.files().size() + placement.unlisted().size()) {
      left = left.plus(leftOut(tree, placement, entries, masks, beyond));
    }
    return new FileAccount(images, masks.size(), placement.tables().size(), left);
  }

  /** Counts the image files that are neither image nor mask of the data set. */
  private static Omissions leftOut(
      FileTree tree,
      Placement placement,
      List<ImageEntry> entries,
      Set<String> masks,
      Set<String> beyond) {
    Set<String> used = new HashSet<>(masks);
    entries.forEach(entry -> used.add(entry.imageId()));
    Set<String> placed = new HashSet<>();
    for (ImageEntry entry : placement.entries()) {
      placed.add(entry.imageId());
      entry.masks().forEach(mask -> placed.add(mask.name()));
    }
    Omissions.Counter left = new Omissions.Counter();
    for (FileItem file : tree.files()) {
      if (used.contains(file.name())) {
        continue;
      }
      left.file(
          beyond.contains(file.name())
              ? Omission.BEYOND_MAX_TRAINING
              : placed.contains(file.name())
                  ? Omission.NOT_ASKED_FOR
                  : placement.left().getOrDefault(file.name(), Omission.OUTSIDE_LAYOUT),
          file.name());
    }
    return left.sum();
  }

  /** Returns the number of files below the root, but for those of folders not looked into. */
  public long files() {
    return images + masks + tables + left.files();
  }

  /** Returns the account for people: a line for the sum, and one for each reason. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String line = "files    %d: %d images, %d masks".formatted(files(), images, masks);
    line += tables == 0 ? "" : ", %d table(s)".formatted(tables);
    lines.add(line + (left.groups().isEmpty() ? "" : ", " + left.sum() + ":"));
    lines.addAll(left.lines());
    return lines;
  }

  /** Returns plain values for JSON. */
  public Map<String, Object> toDetails() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("files", files());
    details.put("images", images);
    details.put("masks", masks);
    details.put("tables", tables);
    details.put("left_out", left.toDetails());
    return details;
  }
}
