package org.fairspark.files;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names by which people tell masks from images: {@code NAME_mask}, {@code NAME-GT}, {@code
 * mask_NAME}, for files (without extension) and for folders. Compared without regard to case.
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
          "anno",
          "annotation",
          "groundtruth",
          "truth");

  /** Long enough that a word of one other letter is more likely a slip than another word. */
  private static final int LETTERS_OF_A_SLIP = 4;

  private MaskWords() {}

  /** Returns the name of what a name says it is the mask of: nothing, if it does not say so. */
  public static Optional<String> imageOf(String name) {
    int last = lastSeparator(name);
    if (last > 0 && WORDS.contains(lower(name.substring(last + 1)))) {
      String rest = name.substring(0, last);
      // NAME_ground_truth
      int before = lastSeparator(rest);
      return Optional.of(
          before > 0 && lower(rest.substring(before + 1)).equals("ground")
              ? rest.substring(0, before)
              : rest);
    }
    int first = firstSeparator(name);
    return first > 0 && first < name.length() - 1 && WORDS.contains(lower(name.substring(0, first)))
        ? Optional.of(name.substring(first + 1))
        : Optional.empty();
  }

  /**
   * Returns the name of what a name may be meant to be the mask of: its last word looks like one of
   * those that say mask, with a slip.
   */
  public static Optional<String> perhapsImageOf(String name) {
    int last = lastSeparator(name);
    if (last <= 0) {
      return Optional.empty();
    }
    String word = lower(name.substring(last + 1));
    boolean near =
        word.contains("mask")
            || word.equals("msk")
            || (word.length() >= LETTERS_OF_A_SLIP
                && WORDS.stream()
                    .anyMatch(w -> w.length() >= LETTERS_OF_A_SLIP && isOneSlipFrom(w, word)));
    return near ? Optional.of(name.substring(0, last)) : Optional.empty();
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

  private static int lastSeparator(String name) {
    for (int i = name.length() - 1; i >= 0; i--) {
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
    return c == '_' || c == '-' || c == ' ' || c == '.';
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
