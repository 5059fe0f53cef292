package org.fairspark.corruption;

/** What was done to a sample. */
public enum CorruptionKind {
  /** Nothing, but for a rotation. */
  CLEAN,
  /** A large patch of the image pasted elsewhere. */
  CUT_PASTE,
  /** A texture in the shape of Perlin noise. */
  PERLIN_TEXTURE,
  /** Patches of a normal image, blended in. */
  NSA,
  /** {@link #NSA}, and {@link #PERLIN_TEXTURE} on top. */
  NSA_AND_PERLIN_TEXTURE
}
