package org.fairspark.files;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files below a root that are not used: how many by reason, and a few of their names. Counts of
 * parts of a tree merge to the same whole in any order; their size does not grow with the files.
 *
 * @param groups by reason; reasons without files are absent
 */
public record Omissions(SortedMap<Omission, Group> groups) implements Serializable {
  public static final Omissions NONE = new Omissions(new TreeMap<>());

  /** Names that are kept of each reason: the first ones in their order. */
  private static final int EXAMPLES = 3;

  public Omissions {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
  }

  /**
   * The files left out for one reason.
   *
   * @param files number of files
   * @param folders folders that were not looked into, beside the files
   * @param examples names of some of them, relative to the root
   */
  public record Group(long files, long folders, List<String> examples) implements Serializable {
    public Group {
      examples = List.copyOf(examples);
    }
  }

  /** A count in progress. Not thread-safe. */
  public static final class Counter {
    private final Map<Omission, long[]> counts = new EnumMap<>(Omission.class);
    private final Map<Omission, TreeSet<String>> examples = new EnumMap<>(Omission.class);

    /** Counts a file. */
    public void file(Omission reason, String name) {
      add(reason, 1, 0);
      keep(reason, name);
    }

    /** Counts a folder that is not looked into. */
    public void folder(Omission reason, String name) {
      add(reason, 0, 1);
      keep(reason, name + "/");
    }

    /** Counts what was counted elsewhere. */
    public void all(Omissions others) {
      others.groups.forEach(
          (reason, group) -> {
            add(reason, group.files(), group.folders());
            group.examples().forEach(name -> keep(reason, name));
          });
    }

    private void add(Omission reason, long files, long folders) {
      long[] sums = counts.computeIfAbsent(reason, r -> new long[2]);
      sums[0] += files;
      sums[1] += folders;
    }

    private void keep(Omission reason, String name) {
      TreeSet<String> names = examples.computeIfAbsent(reason, r -> new TreeSet<>());
      if (names.size() < EXAMPLES || name.compareTo(names.last()) < 0) {
        names.add(name);
        if (names.size() > EXAMPLES) {
          names.pollLast();
        }
      }
    }

    /** Returns what was counted so far. */
    public Omissions sum() {
      SortedMap<Omission, Group> groups = new TreeMap<>();
      counts.forEach(
          (reason, sums) ->
              groups.put(reason, new Group(sums[0], sums[1], List.copyOf(examples.get(reason)))));
      return new Omissions(groups);
    }
  }

  /** Returns both together. */
  public Omissions plus(Omissions other) {
    Counter counter = new Counter();
    counter.all(this);
    counter.all(other);
    return counter.sum();
  }

  /** Returns these without some files of a reason, which turned out to be of use. */
  public Omissions without(Omission reason, Set<String> names) {
    Group group = groups.get(reason);
    if (group == null || names.isEmpty()) {
      return this;
    }
    SortedMap<Omission, Group> fewer = new TreeMap<>(groups);
    long files = group.files() - names.size();
    if (files + group.folders() <= 0) {
      fewer.remove(reason);
    } else {
      List<String> others = new ArrayList<>(group.examples());
      others.removeAll(names);
      fewer.put(reason, new Group(files, group.folders(), others));
    }
    return new Omissions(fewer);
  }

  /** Returns the number of files of all reasons. */
  public long files() {
    return groups.values().stream().mapToLong(Group::files).sum();
  }

  /** Returns the number of files of one reason. */
  public long files(Omission reason) {
    return groups.containsKey(reason) ? groups.get(reason).files() : 0;
  }

  /** Returns the number of folders that were not looked into for one reason. */
  public long folders(Omission reason) {
    return groups.containsKey(reason) ? groups.get(reason).folders() : 0;
  }

  /** Returns the sum in words: how many files are left out, and folders not looked into. */
  public String sum() {
    long folders = groups.values().stream().mapToLong(Group::folders).sum();
    return "%d left out".formatted(files())
        + (folders == 0 ? "" : ", %d folder(s) not looked into".formatted(folders));
  }

  /** Returns a line for each reason: how many, why, and such as which. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    groups.forEach((reason, group) -> lines.add(line(reason, group)));
    return lines;
  }

  private static String line(Omission reason, Group group) {
    String line =
        "%6d %s".formatted(group.files() > 0 ? group.files() : group.folders(), reason.words());
    if (group.files() == 0) {
      line += " (whole folders)";
    } else if (group.folders() > 0) {
      line += ", and %d folder(s)".formatted(group.folders());
    }
    return group.examples().isEmpty()
        ? line
        : line + ", such as " + String.join(", ", group.examples());
  }

  /** Returns plain values for JSON: by reason the number of files and folders, and some names. */
  public Map<String, Object> toDetails() {
    Map<String, Object> details = new LinkedHashMap<>();
    groups.forEach(
        (reason, group) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("files", group.files());
          one.put("folders", group.folders());
          one.put("examples", group.examples());
          details.put(reason.name().toLowerCase(Locale.ROOT), one);
        });
    return details;
  }
}
