package org.fairspark.corruption;

import java.util.List;
import java.util.Objects;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.random.SeededRandom;

/**
 * Makes training samples: rotates a normal image and synthesizes anomalies on it (paper section
 * 3.1), with the probabilities of the reference code. With {@link CorruptionRecipe#PAPER} one half
 * of the samples is clean, a quarter has a large CutPaste and a quarter a texture in the shape of
 * Perlin noise; with {@link CorruptionRecipe#NSA} three in ten are clean, one in ten has a
 * CutPaste, and natural synthetic anomalies and textures have two in ten each alone and two in ten
 * together. Three in ten are rotated beforehand, and the target with them.
 *
 * <p>A sample depends on nothing but the arguments: numbers are drawn from the seed in the order in
 * which the methods below ask for them, and which are asked for depends only on earlier ones.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class Corruptor {
  private static final double ROTATED = 0.3;
  private static final double MAX_DEGREES = 90;

  /** Above this the CutPaste branch is taken, otherwise the others. */
  private static final double PAPER_BRANCH = 0.5;

  private static final double NSA_BRANCH = 0.8;

  /** The greatest share of the image that shows through a texture. */
  private static final double MAX_TRANSPARENT = 0.8;

  private final CorruptionRecipe recipe;
  private final CutPasteStyle style;

  public Corruptor(CorruptionRecipe recipe, CutPasteStyle style) {
    this.recipe = Objects.requireNonNull(recipe, "recipe");
    this.style = Objects.requireNonNull(style, "style");
  }

  /**
   * Makes one sample. Patches of {@link CorruptionRecipe#NSA} come from the textures, where these
   * are training images, and otherwise from the image itself.
   *
   * @param clean a normal image in its final size, {@code uint8[H][W][3]}
   * @param textures where textures come from; not asked by {@link CorruptionRecipe#NONE}
   * @param seed of this sample, by {@link SeededRandom#seed(long, String, long)}
   * @throws IllegalArgumentException if the image has not three channels
   */
  public CorruptedSample corrupt(PixelImage clean, TextureSource textures, long seed) {
    return corrupt(
        clean,
        textures,
        recipe != CorruptionRecipe.NSA || textures.internal()
            ? textures
            : TextureSource.internal(List.of(clean)),
        seed);
  }

  /**
   * Makes one sample.
   *
   * @param clean a normal image in its final size, {@code uint8[H][W][3]}
   * @param textures where textures come from; not asked by {@link CorruptionRecipe#NONE}
   * @param normals training images of the category, for patches; asked by {@link
   *     CorruptionRecipe#NSA} only
   * @param seed of this sample, by {@link SeededRandom#seed(long, String, long)}
   * @throws IllegalArgumentException if the image has not three channels
   */
  public CorruptedSample corrupt(
      PixelImage clean, TextureSource textures, TextureSource normals, long seed) {
    if (clean.channels() != 3) {
      throw new IllegalArgumentException("expected 3 channels, got " + clean.channels());
    }
    SeededRandom random = new SeededRandom(seed);
    double degrees = 0;
    if (random.nextDouble() < ROTATED) {
      degrees = random.nextDouble(-MAX_DEGREES, MAX_DEGREES);
    }
    PixelImage target = Warp.rotate(clean, degrees);
    Work work = new Work(target);
    switch (recipe) {
      case NONE -> {}
      case PAPER -> {
        boolean cutPaste = random.nextDouble() > PAPER_BRANCH;
        if (random.nextBoolean()) {
          if (cutPaste) {
            cutPaste(work, random);
          } else {
            texture(work, textures, random);
          }
        }
      }
      case NSA -> {
        if (random.nextDouble() > NSA_BRANCH) {
          if (random.nextBoolean()) {
            cutPaste(work, random);
          }
        } else {
          if (random.nextBoolean()) {
            patches(work, normals, random);
          }
          if (random.nextBoolean()) {
            texture(work, textures, random);
          }
        }
      }
    }
    return work.sample(degrees);
  }

  private void cutPaste(Work work, SeededRandom random) {
    CutPaste patch = CutPaste.draw(style, work.height, work.width, random);
    work.corrupted = patch.apply(work.target);
    work.mark(patch.mask(work.height, work.width));
    work.kind = CorruptionKind.CUT_PASTE;
    work.detail =
        "%d x %d from (%d, %d) to (%d, %d), %d rad"
            .formatted(
                patch.height(),
                patch.width(),
                patch.top(),
                patch.left(),
                patch.row(),
                patch.column(),
                patch.radians());
  }

  private static void patches(Work work, TextureSource normals, SeededRandom random) {
    boolean[] mask = new boolean[work.height * work.width];
    NaturalSyntheticAnomaly.Result result =
        NaturalSyntheticAnomaly.apply(work.target, normals, mask, random);
    work.corrupted = result.image().toFloat();
    work.mark(mask);
    work.kind = CorruptionKind.NSA;
    work.detail = result.patches() + " patches";
  }

  private static void texture(Work work, TextureSource textures, SeededRandom random) {
    PixelImage raw = textures.texture(random);
    boolean[] mask = PerlinNoise.mask(work.height, work.width, random);
    double beta = MAX_TRANSPARENT * random.nextDouble();
    List<TextureAugmenter> augmenters = TextureAugmenter.draw(textures.internal(), random);
    if (!work.mark(mask)) {
      // Noise that nowhere reaches the threshold leaves the sample as it is.
      return;
    }
    PixelImage resized = Resize.bilinear(raw, work.height, work.width);
    PixelImage texture = TextureAugmenter.applyAll(augmenters, resized, random);
    blend(work.corrupted, texture, mask, (float) beta);
    work.kind =
        work.kind == CorruptionKind.NSA
            ? CorruptionKind.NSA_AND_PERLIN_TEXTURE
            : CorruptionKind.PERLIN_TEXTURE;
    work.detail += "%sbeta %.3f, %s".formatted(work.detail.isEmpty() ? "" : "; ", beta, augmenters);
  }

  /**
   * Lays a texture over an image inside a mask: beta image + (1 - beta) texture.
   *
   * @param image {@code float[3][H][W]} in [0,1], changed in place
   * @param texture {@code uint8[H][W][3]}
   * @param mask {@code boolean[H][W]}
   * @param beta the share of the image that is kept
   */
  static void blend(FloatImage image, PixelImage texture, boolean[] mask, float beta) {
    float[] values = image.values();
    byte[] pixels = texture.pixels();
    int plane = mask.length;
    for (int p = 0; p < plane; p++) {
      if (mask[p]) {
        for (int c = 0; c < 3; c++) {
          float painted = (pixels[3 * p + c] & 0xFF) / 255f;
          int i = c * plane + p;
          values[i] = (1 - beta) * painted + beta * values[i];
        }
      }
    }
  }

  /** A sample while it is made. */
  private static final class Work {
    final PixelImage target;
    final int height;
    final int width;
    final byte[] mask;
    FloatImage corrupted;
    CorruptionKind kind = CorruptionKind.CLEAN;
    String detail = "";

    Work(PixelImage target) {
      this.target = target;
      height = target.height();
      width = target.width();
      mask = new byte[height * width];
      corrupted = target.toFloat();
    }

    /** Returns whether anything is marked. */
    boolean mark(boolean[] inside) {
      boolean any = false;
      for (int p = 0; p < inside.length; p++) {
        if (inside[p]) {
          mask[p] = (byte) 255;
          any = true;
        }
      }
      return any;
    }

    CorruptedSample sample(double degrees) {
      return new CorruptedSample(
          corrupted, target, new PixelImage(1, height, width, mask), kind, degrees, detail);
    }
  }
}
