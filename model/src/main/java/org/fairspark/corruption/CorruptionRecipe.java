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
  /** Perlin-shaped texture alone, half of the samples clean: as DRAEM's. */
  TEXTURES,
  /**
   * Natural synthetic anomalies alone, in every sample, and no rotation: as those of NSA (Schlüter
   * et al. 2022).
   */
  PATCHES,
  /** Black cells of a grid, in every sample, and no rotation: as RIAD's ({@link CellMasks}). */
  CELLS,
  /** No corruption: the clean image, rotated as often as the recipe rotates. */
  NONE;

  /** Returns whether it lays textures over images. */
  public boolean takesTextures() {
    return this == PAPER || this == NSA || this == TEXTURES;
  }

  /** Returns whether it blends patches of other normal images of the category into images. */
  public boolean takesNormals() {
    return this == NSA || this == PATCHES;
  }

  /** Returns whether it pastes patches of images. */
  public boolean pastes() {
    return this == PAPER || this == NSA;
  }

  /**
   * Returns whether its masks say where something anomalous is, so that a network can learn to find
   * it.
   */
  public boolean marksAnomalies() {
    return this != CELLS && this != NONE;
  }
}
