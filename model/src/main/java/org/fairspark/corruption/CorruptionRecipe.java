package org.fairspark.corruption;

/**
 * The kinds of synthesized anomalies that training samples get, with their probabilities; see
 * {@link Corruptor}.
 */
public enum CorruptionRecipe {
  /** Perlin-shaped texture or CutPaste, half of the samples clean: the paper's data loader. */
  PAPER,
  /**
   * The paper's two and natural synthetic anomalies (NSA, Poisson-blended patches), as its authors
   * added later.
   */
  NSA,
  /** No corruption: the clean image, rotated as often as the recipe rotates. */
  NONE
}
