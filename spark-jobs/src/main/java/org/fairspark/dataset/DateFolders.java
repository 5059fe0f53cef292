package org.fairspark.dataset;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.files.PathNames;

/**
 * The folders of a tree that are called after dates, as cameras and archives make them: {@code
 * 2026-11-01}, {@code 01.11.2026}, {@code 2026-11}, {@code 2026-11-01T06-00}, {@code 2026/11/01}.
 * They are no categories and no kinds of defect, but only lead to images. A date without dividers
 * ({@code 20261101}) may be a number of a part, and counts where a folder beside it is a date with
 * them or divides a category, or all are dates like it.
 *
 * @param dates the folders, each with its whole path, and the date that it and those above it name
 */
record DateFolders(Map<String, String> dates) {
  private static final int NAMED = 3;
  private static final String TIME =
      "(?:[-_ T.](?:[01]?\\d|2[0-3])[-_.h]?[0-5]\\d(?:[-_.]?\\d\\d)?)?";
  private static final Pattern YEAR_FIRST =
      Pattern.compile("((?:19|20)\\d\\d)([-_.])(\\d\\d)\\2(\\d\\d)" + TIME);
  private static final Pattern DAY_FIRST =
      Pattern.compile("(\\d\\d)([-_.])(\\d\\d)\\2((?:19|20)\\d\\d)" + TIME);
  private static final Pattern MONTH = Pattern.compile("(?:19|20)\\d\\d[-_.](?:0[1-9]|1[0-2])");
  private static final Pattern DIGITS =
      Pattern.compile("((?:19|20)\\d\\d)(\\d\\d)(\\d\\d)([-_T]?\\d{4}(?:\\d\\d)?)?");
  private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d");
  private static final Pattern MONTH_OF_YEAR = Pattern.compile("0[1-9]|1[0-2]");
  private static final Pattern DAY_OF_MONTH = Pattern.compile("0[1-9]|[12]\\d|3[01]");

  /**
   * Finds them.
   *
   * @param folders paths of all folders, relative to the root; those above them need not be among
   *     them
   */
  static DateFolders in(Collection<String> folders) {
    Map<String, Set<String>> children = new HashMap<>();
    for (String folder : folders) {
      String path = folder;
      while (!path.isEmpty()
          && children
              .computeIfAbsent(PathNames.folder(path), parent -> new TreeSet<>())
              .add(PathNames.last(path))) {
        path = PathNames.folder(path);
      }
    }
    Map<String, String> dates = new HashMap<>();
    children.forEach(
        (parent, names) -> {
          boolean digits =
              names.stream().anyMatch(name -> PathNames.dividesCategory(name) || isDate(name))
                  || names.stream().allMatch(name -> isDate(name) || isDigits(name));
          for (String name : names) {
            String path = PathNames.join(parent, name);
            if (isDate(name) || (digits && isDigits(name))) {
              dates.put(path, name);
            } else if (YEAR.matcher(name).matches()) {
              addYear(path, children, dates);
            }
          }
        });
    return new DateFolders(Map.copyOf(dates));
  }

  /** Adds a year whose folders are all months, and these, and their days. */
  private static void addYear(
      String year, Map<String, Set<String>> children, Map<String, String> dates) {
    Set<String> months = children.getOrDefault(year, Set.of());
    if (months.isEmpty() || !months.stream().allMatch(m -> MONTH_OF_YEAR.matcher(m).matches())) {
      return;
    }
    dates.put(year, PathNames.last(year));
    for (String month : months) {
      String path = year + "/" + month;
      String date = PathNames.last(year) + "-" + month;
      dates.put(path, date);
      for (String day : children.getOrDefault(path, Set.of())) {
        if (DAY_OF_MONTH.matcher(day).matches()) {
          dates.put(path + "/" + day, date + "-" + day);
        }
      }
    }
  }

  private static boolean isDate(String name) {
    Matcher year = YEAR_FIRST.matcher(name);
    if (year.matches()) {
      return isDay(year.group(1), year.group(3), year.group(4));
    }
    Matcher time = DIGITS.matcher(name);
    if (time.matches() && time.group(4) != null) {
      return isDay(time.group(1), time.group(2), time.group(3));
    }
    Matcher day = DAY_FIRST.matcher(name);
    return day.matches()
        ? isDay(day.group(4), day.group(3), day.group(1))
        : MONTH.matcher(name).matches();
  }

  private static boolean isDigits(String name) {
    Matcher digits = DIGITS.matcher(name);
    return digits.matches() && isDay(digits.group(1), digits.group(2), digits.group(3));
  }

  private static boolean isDay(String year, String month, String day) {
    try {
      LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  boolean isNone() {
    return dates.isEmpty();
  }

  /** Returns whether a folder is called as a year is, which may as well be a number of a part. */
  static boolean mayBeYear(String name) {
    return YEAR.matcher(name).matches();
  }

  /** Returns the path of a folder without the dates in it. */
  String without(String folder) {
    if (isNone() || folder.isEmpty()) {
      return folder;
    }
    List<String> rest = new ArrayList<>();
    for (String path = folder; !path.isEmpty(); path = PathNames.folder(path)) {
      if (!dates.containsKey(path)) {
        rest.add(0, PathNames.last(path));
      }
    }
    return String.join("/", rest);
  }

  /** Returns the date of the files in a folder, the deepest that its path names; else nothing. */
  String of(String folder) {
    if (isNone()) {
      return "";
    }
    for (String path = folder; !path.isEmpty(); path = PathNames.folder(path)) {
      String date = dates.get(path);
      if (date != null) {
        return date;
      }
    }
    return "";
  }

  /**
   * Returns the name of a file, told from the same of another date, as that of its mask is.
   *
   * @param date as {@link #of} gives it
   */
  static String marked(FileItem file, String date) {
    String name = PathNames.last(file.name());
    return date.isEmpty() ? name : date.replaceAll("\\D", "") + "@" + name;
  }

  /** Returns a sentence for people, if there are such folders. */
  Optional<String> note() {
    if (isNone()) {
      return Optional.empty();
    }
    TreeSet<String> names = new TreeSet<>(dates.values());
    String first = String.join(", ", names.stream().limit(NAMED).toList());
    return Optional.of(
        "folders called after dates (%s%s) are passed through: no categories, no kinds of defect; the"
                .formatted(first, names.size() > NAMED ? ", ..." : "")
            + " date is kept as the condition of their images");
  }
}
