package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fairspark.files.Omission;
import org.fairspark.text.HumanUnits;

/**
 * A drawing of a tree of images for a user whose folders were not understood: its folders with the
 * numbers and sizes of their files, and what each was taken for.
 */
final class TreeSketch {
  private static final int MAX_LINES = 30;
  private static final String OUTSIDE = left(Omission.OUTSIDE_LAYOUT);

  /** The files of a folder. */
  private static final class Sum {
    private int files;
    private long bytes;
    private final SortedMap<String, Integer> roles = new TreeMap<>();

    void add(FileItem file, String role) {
      files++;
      bytes += file.length();
      roles.merge(role, 1, Integer::sum);
    }

    String taken() {
      return roles.entrySet().stream()
          .map(
              role ->
                  role.getValue() == files ? role.getKey() : role.getValue() + " " + role.getKey())
          .collect(Collectors.joining(", "));
    }
  }

  private TreeSketch() {}

  /**
   * Draws a tree.
   *
   * @param placement what its files were taken for, as far as that is known
   * @return a line for each folder that holds images, of the deepest level that fits
   */
  static List<String> lines(FileTree tree, Placement placement) {
    Map<String, String> roles = new HashMap<>();
    placement.left().forEach((name, reason) -> roles.put(name, left(reason)));
    for (ImageEntry entry : placement.entries()) {
      roles.put(
          entry.imageId(),
          "%s, %s of %s".formatted(entry.split().label(), entry.defect(), entry.category()));
      entry.masks().forEach(mask -> roles.put(mask.name(), "masks"));
    }
    placement
        .inQuestion()
        .forEach(name -> roles.merge(name, "in question", (role, asked) -> role + " (asked)"));
    int depth = tree.files().stream().mapToInt(file -> parts(file.folder())).max().orElse(0);
    SortedMap<String, Sum> folders = folders(tree, roles, depth);
    while (folders.size() > MAX_LINES && depth > 1) {
      depth--;
      folders = folders(tree, roles, depth);
    }
    List<String> lines = new ArrayList<>();
    int width = folders.keySet().stream().mapToInt(String::length).max().orElse(0);
    for (Map.Entry<String, Sum> folder : folders.entrySet()) {
      if (lines.size() == MAX_LINES) {
        int files = folders.values().stream().skip(MAX_LINES).mapToInt(more -> more.files).sum();
        lines.add(
            "... and %d files in %d more folders".formatted(files, folders.size() - MAX_LINES));
        break;
      }
      Sum sum = folder.getValue();
      lines.add(
          ("%-" + Math.max(1, width) + "s %6d files, %s: taken for %s")
              .formatted(folder.getKey(), sum.files, HumanUnits.bytes(sum.bytes), sum.taken()));
    }
    return lines;
  }

  private static String left(Omission reason) {
    return "left out: " + reason.words();
  }

  private static SortedMap<String, Sum> folders(
      FileTree tree, Map<String, String> roles, int depth) {
    SortedMap<String, Sum> folders = new TreeMap<>();
    for (FileItem file : tree.files()) {
      folders
          .computeIfAbsent(upTo(file.folder(), depth) + "/", name -> new Sum())
          .add(file, roles.getOrDefault(file.name(), OUTSIDE));
    }
    return folders;
  }

  private static int parts(String folder) {
    return folder.isEmpty() ? 0 : folder.split("/", -1).length;
  }

  private static String upTo(String folder, int depth) {
    if (depth == 0) {
      return "";
    }
    int end = -1;
    for (int i = 0; i < depth; i++) {
      end = folder.indexOf('/', end + 1);
      if (end < 0) {
        return folder;
      }
    }
    return folder.substring(0, end);
  }
}
