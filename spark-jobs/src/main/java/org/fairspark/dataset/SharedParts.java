package org.fairspark.dataset;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairspark.files.PathNames;

/**
 * Parts of a data set that lie above its categories and not in them: {@code train/CATEGORY/good}
 * beside {@code test/CATEGORY/DEFECT}, and one tree of masks for all, {@code
 * masks/CATEGORY/DEFECT}.
 *
 * @param parts folders directly below the root that hold categories
 * @param categories the names of those
 */
record SharedParts(Set<String> parts, Set<String> categories) {

  /**
   * Finds them.
   *
   * @param folders paths of the folders that hold files, without those that only lead to images
   */
  static SharedParts of(Collection<String> folders) {
    Map<String, SortedSet<String>> top = inside(folders);
    Set<String> splits = new TreeSet<>(top.keySet());
    splits.removeIf(
        name ->
            !PathNames.isTrain(name) && !PathNames.isCalibration(name) && !PathNames.isTest(name));
    Set<String> parts = new TreeSet<>(splits);
    Set<String> categories = new TreeSet<>();
    splits.forEach(split -> categories.addAll(top.get(split)));
    boolean above =
        !categories.isEmpty()
            && PathNames.goodOnes(categories).isEmpty()
            && withGood(folders, splits).equals(categories);
    if (!above) {
      parts.clear();
      categories.clear();
      categories.addAll(top.keySet());
      categories.removeIf(PathNames::isMasks);
      if (FolderLayout.divideCategory(categories)) {
        categories.clear();
      }
    }
    top.forEach(
        (name, inside) -> {
          boolean masks =
              PathNames.isMasks(name)
                  ? inside.stream().anyMatch(categories::contains)
                  : PathNames.isPerhapsMasks(name)
                      && !inside.isEmpty()
                      && categories.containsAll(inside);
          if (masks) {
            parts.add(name);
          }
        });
    return new SharedParts(parts, categories);
  }

  /** Returns the folders directly below the root, each with those directly in it. */
  static Map<String, SortedSet<String>> inside(Collection<String> folders) {
    Map<String, SortedSet<String>> top = new TreeMap<>();
    for (String folder : folders) {
      String[] names = folder.split("/", 3);
      if (!names[0].isEmpty()) {
        SortedSet<String> inside = top.computeIfAbsent(names[0], name -> new TreeSet<>());
        if (names.length > 1) {
          inside.add(names[1]);
        }
      }
    }
    return top;
  }

  /** Returns the folders in some others that hold a folder of good images, at any depth. */
  private static Set<String> withGood(Collection<String> folders, Set<String> splits) {
    Set<String> with = new TreeSet<>();
    for (String folder : folders) {
      String[] names = folder.split("/", -1);
      if (splits.contains(names[0]) && Arrays.stream(names).skip(2).anyMatch(PathNames::isGood)) {
        with.add(names[1]);
      }
    }
    return with;
  }

  /** Returns whether parts that training and test images lie in hold categories. */
  boolean areAboveCategories() {
    return parts.stream().anyMatch(part -> !PathNames.mayBeMasks(part));
  }

  /** Moves the parts into their categories, in the paths by which folders are understood. */
  void moveInto(Map<String, String> folders) {
    if (!parts.isEmpty()) {
      folders.replaceAll((folder, path) -> moved(path));
    }
  }

  private String moved(String path) {
    String[] names = path.split("/", 3);
    if (names.length < 2 || !parts.contains(names[0]) || !categories.contains(names[1])) {
      return path;
    }
    String part = PathNames.isPerhapsMasks(names[0]) ? "masks" : names[0];
    return names[1] + "/" + part + (names.length > 2 ? "/" + names[2] : "");
  }
}
