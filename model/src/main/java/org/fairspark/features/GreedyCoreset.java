package org.fairspark.features;

import java.io.Serializable;
import java.util.List;

/**
 * The choice of a few vectors that lie near all others (PatchCore's equation 5): one after the
 * other, always the vector that is farthest from those chosen already. The largest distance that is
 * left, the radius, is at most twice the smallest that so many vectors can leave (Gonzalez 1985).
 *
 * <p>Vectors that lie in parts are chosen from in two rounds, {@link #merge}: the radius is then at
 * most the largest of the parts' radii plus the second round's, and both are known.
 *
 * @param vectors the chosen ones, in the order of choice
 * @param radius the largest distance of any vector to its nearest chosen one, or a bound on it
 */
public record GreedyCoreset(Vectors vectors, double radius) implements Serializable {

  /**
   * Chooses from all vectors.
   *
   * @param count how many to choose; all if there are fewer
   * @param first index of the vector that is chosen first
   * @throws IllegalArgumentException if the count is below 1
   */
  public static GreedyCoreset of(Vectors vectors, int count, int first) {
    if (count < 1) {
      throw new IllegalArgumentException("a coreset has at least one vector, got " + count);
    }
    if (count >= vectors.count()) {
      return new GreedyCoreset(vectors, 0);
    }
    FarthestFirst choice = new FarthestFirst(vectors);
    int[] chosen = new int[count];
    int next = first;
    for (int n = 0; n < count; n++) {
      chosen[n] = next;
      choice.choose(next);
      next = choice.farthest();
    }
    return new GreedyCoreset(vectors.select(chosen), Math.sqrt(choice.most()));
  }

  /**
   * Chooses from what was chosen from parts.
   *
   * @param parts in an order that does not depend on where they were made
   * @param count how many to choose; all if there are fewer
   */
  public static GreedyCoreset merge(List<GreedyCoreset> parts, int count) {
    Vectors all = Vectors.concatenate(parts.stream().map(GreedyCoreset::vectors).toList());
    double radius = parts.stream().mapToDouble(GreedyCoreset::radius).max().orElse(0);
    // The first vector of the first part was drawn at random there.
    GreedyCoreset chosen = of(all, count, 0);
    return new GreedyCoreset(chosen.vectors(), radius + chosen.radius());
  }
}
