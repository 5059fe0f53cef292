package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fairspark.files.PathNames;

/**
 * Categories that do not lie directly below the data root but in folders that group them, as in
 * {@code LINE/CATEGORY/good}. A folder is a group if nothing in it divides a category and something
 * in its folders does; whatever lies in a group is a category or a group. A category is called
 * after its own folder, or after its whole path where several are called alike.
 *
 * @param grouped the folders of categories in groups, by the names of the categories
 * @param alike folders of categories that would have one name, by this name
 */
record CategoryFolders(
    SortedMap<String, String> grouped, SortedMap<String, SortedSet<String>> alike) {
  private static final int NAMED = 5;

  /** Stands between the folders of a path in a name. */
  private static final String DIVIDER = "-";

  /** The path of masks that belong to no category. */
  private static final String MASKS = "masks";

  /**
   * A folder of files in a group.
   *
   * @param key what the folder stands for
   * @param category path of its category, empty for files that belong to none
   * @param below path of the folder in its category
   */
  private record Found(String key, String category, String below) {}

  /**
   * Finds them, and moves them up to directly below the root.
   *
   * @param folders paths of the folders that hold files, without those that only lead to images, by
   *     what they stand for; changed
   */
  static CategoryFolders moveUp(Map<String, String> folders) {
    List<Found> found = new ArrayList<>();
    SortedMap<String, SortedSet<String>> byName = new TreeMap<>();
    SortedMap<String, Map<String, String>> top = byFirst(folders);
    if (!FolderLayout.divideCategory(top.keySet())) {
      top.forEach(
          (name, inside) -> {
            if (isGroup(inside)) {
              expand(name, inside, found);
            } else {
              byName.computeIfAbsent(name, n -> new TreeSet<>()).add(name);
            }
          });
    }
    if (found.isEmpty()) {
      return new CategoryFolders(new TreeMap<>(), new TreeMap<>());
    }
    for (Found folder : found) {
      if (!folder.category().isEmpty()) {
        byName
            .computeIfAbsent(PathNames.last(folder.category()), n -> new TreeSet<>())
            .add(folder.category());
      }
    }
    Map<String, String> names = new HashMap<>();
    byName.forEach(
        (name, paths) ->
            paths.forEach(
                path -> names.put(path, paths.size() == 1 ? name : path.replace("/", DIVIDER))));
    SortedMap<String, String> grouped = new TreeMap<>();
    for (Found folder : found) {
      String name = names.getOrDefault(folder.category(), "");
      folders.put(folder.key(), below(name, folder.below()));
      if (!name.isEmpty()) {
        grouped.put(name, folder.category());
      }
    }
    byName.values().removeIf(paths -> paths.size() == 1);
    return new CategoryFolders(grouped, byName);
  }

  /** Returns whether folders with these paths are those of a group. */
  private static boolean isGroup(Map<String, String> folders) {
    SortedMap<String, Map<String, String>> children = byFirst(folders);
    if (FolderLayout.divideCategory(children.keySet())) {
      return SharedParts.of(folders.values()).areAboveCategories();
    }
    return children.values().stream()
        .anyMatch(
            inside -> FolderLayout.divideCategory(byFirst(inside).keySet()) || isGroup(inside));
  }

  /** Adds the folders in a group. */
  private static void expand(String group, Map<String, String> folders, List<Found> found) {
    Map<String, String> moved = new HashMap<>(folders);
    SharedParts shared = SharedParts.of(moved.values());
    shared.moveInto(moved);
    byFirst(moved)
        .forEach(
            (name, inside) -> {
              String path = group + "/" + name;
              if (PathNames.isMasks(name) || shared.parts().contains(name)) {
                inside.keySet().forEach(key -> found.add(new Found(key, "", MASKS)));
              } else if (isGroup(inside)) {
                expand(path, inside, found);
              } else {
                inside.forEach((key, below) -> found.add(new Found(key, path, below)));
              }
            });
    moved.forEach(
        (key, path) -> {
          if (path.isEmpty()) {
            found.add(new Found(key, "", ""));
          }
        });
  }

  /** Returns the folders by the first one of their paths, each with the rest of its path. */
  private static SortedMap<String, Map<String, String>> byFirst(Map<String, String> folders) {
    SortedMap<String, Map<String, String>> byFirst = new TreeMap<>();
    folders.forEach(
        (key, path) -> {
          if (!path.isEmpty()) {
            int slash = path.indexOf('/');
            byFirst
                .computeIfAbsent(slash < 0 ? path : path.substring(0, slash), f -> new HashMap<>())
                .put(key, slash < 0 ? "" : path.substring(slash + 1));
          }
        });
    return byFirst;
  }

  private static String below(String folder, String path) {
    return path.isEmpty() ? folder : PathNames.join(folder, path);
  }

  /** Returns the path of a category's folder below the root. */
  String folder(String category) {
    return grouped.getOrDefault(category, category);
  }

  /** Returns a folder that one of some categories lies in. */
  private static String group(SortedSet<String> paths) {
    return paths.stream()
        .map(PathNames::folder)
        .filter(folder -> !folder.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Tells of them, and asks about those that are called alike. */
  void tell(String root, Placement.Builder placement) {
    alike.forEach(
        (name, paths) ->
            placement.ask(
                "%s are called alike, and may be one category or several"
                    .formatted(String.join(", ", paths)),
                "give %s/%s as data.root if that one is meant; call the folders otherwise if each is"
                        .formatted(root, group(paths))
                    + " a category of its own",
                List.of()));
    List<String> years = grouped.keySet().stream().filter(DateFolders::mayBeYear).toList();
    if (!years.isEmpty()) {
      placement.ask(
          "%s in %s may be years, or categories"
              .formatted(String.join(", ", years), PathNames.folder(grouped.get(years.get(0)))),
          "call a year by a date, as in %s-01-01, which is passed through; a category by another name"
              .formatted(years.get(0)),
          List.of());
    }
    if (!grouped.isEmpty()) {
      String first =
          grouped.entrySet().stream()
              .limit(NAMED)
              .map(place -> place.getKey() + " in " + PathNames.folder(place.getValue()))
              .collect(Collectors.joining(", "));
      int more = grouped.size() - NAMED;
      placement.note(
          "categories lie in folders that group them: %s%s"
              .formatted(first, more > 0 ? " and " + more + " more" : ""));
    }
  }
}
