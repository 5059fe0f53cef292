package org.fairspark.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The nearest known word to one that is not known. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * Finds the candidate with the smallest edit distance to the word. Dotted candidates also match
   * by their last part alone ({@code cutoff} finds {@code filter.cutoff}).
   *
   * @return empty if nothing is near: more than a third of the word (at least two letters) differs
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    String normalized = word.toLowerCase(Locale.ROOT).replace('_', '-');
    int allowed = Math.max(2, normalized.length() / 3);
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distanceTo(normalized, candidate)))
        .filter(candidate -> distanceTo(normalized, candidate) <= allowed);
  }

  /** Returns {@code ". Did you mean X?"}, or nothing. */
  static String question(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(near -> ". Did you mean " + near + "?").orElse("");
  }

  private static int distanceTo(String normalized, String candidate) {
    int whole = distance(normalized, candidate);
    int dot = candidate.lastIndexOf('.');
    if (dot < 0) {
      return whole;
    }
    // A match of the last part alone counts as one step worse than a match of the whole.
    String last = normalized.substring(normalized.lastIndexOf('.') + 1);
    return Math.min(whole, distance(last, candidate.substring(dot + 1)) + 1);
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
