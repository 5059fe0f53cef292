package org.fairspark.corruption;

/** The corruption of a sample. */
public enum CorruptionKind {
  /** None; the image may be rotated. */
  CLEAN,
  /** A large patch of the image pasted elsewhere. */
  CUT_PASTE,
  /** A texture in the shape of Perlin noise. */
  PERLIN_TEXTURE,
  /** Patches of a normal image, blended in. */
  NSA,
  /** {@link #NSA}, then {@link #PERLIN_TEXTURE} on top. */
  NSA_AND_PERLIN_TEXTURE,
  /** A third of the cells of a grid, black. */
  CELLS
}
