package org.fairspark.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names by which people tell masks from images: {@code NAME_mask}, {@code NAME-GT}, {@code
 * NAME_mask_0}, {@code mask_NAME}, for files (without extension) and for folders. Compared without
 * regard to case.
 */
public final class MaskWords {
  private static final Set<String> WORDS =
      Set.of(
          "mask",
          "masks",
          "gt",
          "label",
          "labels",
          "seg",
          "segmentation",
          "ann",
          "anno",
          "annot",
          "annotation",
          "annotations",
          "groundtruth",
          "truth");

  /** Words that masks are called by too, but images as well. */
  private static final Set<String> DOUBTFUL =
      Set.of(
          "m",
          "msk",
          "segm",
          "bw",
          "bin",
          "binary",
          "thresh",
          "threshold",
          "region",
          "regions",
          "roi",
          "contour",
          "contours",
          "outline",
          "overlay",
          "annotated",
          "labelled",
          "labeled",
          "marked",
          "target",
          "heatmap",
          "fg",
          "foreground",
          "matte",
          "pixel",
          "pixels",
          "px");

  /** Ends of words that no divider stands before: {@code 000mask}. */
  private static final List<String> ENDS =
      List.of("masks", "mask", "msk", "labels", "label", "gt", "seg");

  /** Long enough that a word of one other letter is more likely a slip than another word. */
  private static final int LETTERS_OF_A_SLIP = 4;

  private MaskWords() {}

  /**
   * Returns whether a name can be made of another one and a word: most are numbers, and are not
   * looked at further.
   */
  public static boolean maySpeakOfAnother(String name) {
    return !isNumber(name, 0);
  }

  /** Returns the name of what a name says it is the mask of: nothing, if it does not say so. */
  public static Optional<String> imageOf(String name) {
    int last = lastSeparator(name, name.length());
    if (last <= 0) {
      return Optional.empty();
    }
    if (isNumber(name, last + 1)) {
      // NAME_mask_0, one of several masks.
      int before = lastSeparator(name, last);
      if (before > 0 && WORDS.contains(word(name, before + 1, last))) {
        return Optional.of(beforeGround(name, before));
      }
    } else if (WORDS.contains(word(name, last + 1, name.length()))) {
      return Optional.of(beforeGround(name, last));
    }
    int first = firstSeparator(name);
    return first > 0 && first < name.length() - 1 && WORDS.contains(word(name, 0, first))
        ? Optional.of(name.substring(first + 1))
        : Optional.empty();
  }

  /** Returns what stands before a divider, less the first word of NAME_ground_truth. */
  private static String beforeGround(String name, int divider) {
    int before = lastSeparator(name, divider);
    boolean ground = before > 0 && word(name, before + 1, divider).equals("ground");
    return trimmed(name, ground ? before : divider);
  }

  /**
   * Returns the names of what a name may be meant to be the mask of: its last or first word is one
   * that masks are called by among other things, is called as defects are, or looks like a word for
   * masks with a slip.
   */
  public static List<String> perhapsImageOf(String name) {
    return perhapsImageOf(name, true);
  }

  /**
   * Returns the names of the folders whose masks a folder of that name may be meant to hold, as
   * {@link #perhapsImageOf(String)}; but a kind of defect may be called after another one.
   */
  public static List<String> perhapsFolderOf(String name) {
    return perhapsImageOf(name, false);
  }

  private static List<String> perhapsImageOf(String name, boolean defects) {
    int end = name.length();
    int last = lastSeparator(name, end);
    boolean number = isNumber(name, last + 1);
    if (last > 0 && number) {
      end = last;
      last = lastSeparator(name, last);
    }
    List<String> images = new ArrayList<>(0);
    if (last > 0 && isDoubtful(word(name, last + 1, end), defects)) {
      images.add(trimmed(name, last));
    }
    if (!number) {
      addGlued(name, images);
    }
    int first = firstSeparator(name);
    if (first > 0 && first < name.length() - 1 && isDoubtful(word(name, 0, first), defects)) {
      images.add(name.substring(first + 1));
    }
    return images;
  }

  /** Adds the name before one of {@link #ENDS}, if a name ends so. */
  private static void addGlued(String name, List<String> images) {
    for (String word : ENDS) {
      int at = name.length() - word.length();
      if (at > 0
          && name.regionMatches(true, at, word, 0, word.length())
          && !isSeparator(name.charAt(at - 1))) {
        images.add(name.substring(0, at));
        return;
      }
    }
  }

  private static boolean isDoubtful(String word, boolean defects) {
    return !isNumber(word, 0)
        && (DOUBTFUL.contains(word)
            || word.contains("mask")
            || (defects && PathNames.isDefectWord(word))
            || (word.length() >= LETTERS_OF_A_SLIP
                && WORDS.stream()
                    .anyMatch(w -> w.length() >= LETTERS_OF_A_SLIP && isOneSlipFrom(w, word))));
  }

  /** Returns the last word of a name with the divider before it, unless it is a number. */
  public static Optional<String> tail(String name) {
    int last = lastSeparator(name, name.length());
    return last > 0 && last < name.length() - 1 && !isNumber(name, last + 1)
        ? Optional.of(name.substring(last))
        : Optional.empty();
  }

  /** Returns whether one letter is missing, too many, or another. */
  private static boolean isOneSlipFrom(String word, String other) {
    int head = 0;
    int shorter = Math.min(word.length(), other.length());
    while (head < shorter && word.charAt(head) == other.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && word.charAt(word.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
      tail++;
    }
    return Math.max(word.length(), other.length()) - head - tail <= 1;
  }

  /** Returns whether all characters from a place on are digits, of which there is one at least. */
  private static boolean isNumber(String name, int from) {
    for (int i = from; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return from < name.length();
  }

  /** Returns a word in lower case, without the bracket that closes it. */
  private static String word(String name, int from, int to) {
    boolean closed = to > from && (name.charAt(to - 1) == ')' || name.charAt(to - 1) == ']');
    return lower(name.substring(from, closed ? to - 1 : to));
  }

  /** Returns a name up to a divider, without the dividers before that: {@code 1 (mask)} is of 1. */
  private static String trimmed(String name, int divider) {
    int end = divider;
    while (end > 1 && isSeparator(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  /** Returns the place of the last divider before an end, or -1. */
  private static int lastSeparator(String name, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (isSeparator(name.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static int firstSeparator(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isSeparator(name.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSeparator(char c) {
    return c == '_' || c == '-' || c == ' ' || c == '.' || c == '(' || c == '[';
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
