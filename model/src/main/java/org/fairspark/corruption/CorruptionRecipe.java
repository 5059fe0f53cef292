package org.fairspark.corruption;

/** Which synthesized anomalies a training sample may get. */
public enum CorruptionRecipe {
  /** Perlin-shaped texture or CutPaste, half of the samples clean: the paper's own loader. */
  PAPER,
  /**
   * The paper's two and natural synthetic anomalies (NSA, Poisson-blended patches), as its authors
   * added later.
   */
  NSA,
  /** No corruption: the clean image, rotated as often as the recipe rotates. */
  NONE
}
