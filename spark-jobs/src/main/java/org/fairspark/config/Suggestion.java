package org.fairspark.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The nearest known word to one that is not known. */
public final class Suggestion {
  private Suggestion() {}

  /** More letters than differ between any two words. */
  private static final int FAR = Integer.MAX_VALUE;

  /**
   * Finds the candidate with the smallest edit distance to the word. Where either is dotted their
   * last parts alone match too ({@code cutoff} finds {@code filter.cutoff}, and {@code model.seed}
   * {@code seed}), which counts as one step worse than a match of the whole.
   *
   * @return empty if nothing is near: more than a third of what was compared (at least two letters)
   *     differs
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    String normalized = word.toLowerCase(Locale.ROOT).replace('_', '-');
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distanceTo(normalized, candidate)))
        .filter(candidate -> distanceTo(normalized, candidate) < FAR);
  }

  /** Returns {@code ". Did you mean X?"}, or nothing. */
  static String question(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(near -> ". Did you mean " + near + "?").orElse("");
  }

  private static int distanceTo(String normalized, String candidate) {
    String last = lastPart(normalized);
    int byLastPart = distance(last, lastPart(candidate)) + 1;
    return Math.min(near(distance(normalized, candidate), normalized), near(byLastPart, last));
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Returns a distance, or {@link #FAR} where it is too much of the word. */
  private static int near(int distance, String word) {
    return distance <= Math.max(2, word.length() / 3) ? distance : FAR;
  }

  /** Returns Levenshtein's distance, with a swap of neighbours counted as one step. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + cost, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
