package org.fairspark.corruption;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.random.SeededRandom;

/**
 * The maker of training samples: rotates a normal image and synthesizes anomalies on it (paper
 * section 3.1), with the probabilities of the reference code.
 *
 * <table>
 *   <caption>Samples by recipe and kind</caption>
 *   <tr><th>kind</th><th>{@link CorruptionRecipe#PAPER}</th><th>{@link CorruptionRecipe#NSA}</th></tr>
 *   <tr><td>clean</td><td>50 %</td><td>30 %</td></tr>
 *   <tr><td>CutPaste</td><td>25 %</td><td>10 %</td></tr>
 *   <tr><td>texture in the shape of Perlin noise</td><td>25 %</td><td>20 %</td></tr>
 *   <tr><td>natural synthetic anomaly</td><td>0 %</td><td>20 %</td></tr>
 *   <tr><td>natural synthetic anomaly and texture</td><td>0 %</td><td>20 %</td></tr>
 * </table>
 *
 * <p>Of {@link CorruptionRecipe#TEXTURES} half are clean and half have a texture. Those of {@link
 * CorruptionRecipe#CELLS} have black cells, all of them, and are not rotated. Nor are those of
 * {@link CorruptionRecipe#PATCHES}, which all have natural synthetic anomalies.
 *
 * <p>Where the paper says nothing, or something else, this follows the reference code:
 *
 * <ol>
 *   <li>Half of the samples are not corrupted, and a sample has CutPaste or a texture, never both.
 *   <li>Three in ten images are rotated by up to 90 degrees with black corners, and the target with
 *       them.
 *   <li>The CutPaste of the code is not that of the text; {@link CutPasteStyle} chooses.
 * </ol>
 *
 * <p>Deviation from the reference code: all numbers are drawn anew for each sample. In that code
 * every data-loading process repeats imgaug's numbers from one state in each epoch.
 *
 * <p>A sample depends on nothing but the arguments: numbers are drawn from the seed in the order in
 * which the methods below draw them, and whether one is drawn depends only on earlier ones.
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class Corruptor {
  private static final double ROTATED = 0.3;
  private static final double MAX_DEGREES = 90;

  /** Draws above this take the CutPaste branch. */
  private static final double PAPER_BRANCH = 0.5;

  private static final double NSA_BRANCH = 0.8;

  /** The largest fraction of the image that shows through a texture. */
  private static final double MAX_BETA = 0.8;

  private final CorruptionRecipe recipe;
  private final CutPasteStyle style;

  /**
   * @param recipe the kinds of anomalies
   * @param style of CutPaste
   */
  public Corruptor(CorruptionRecipe recipe, CutPasteStyle style) {
    this.recipe = Objects.requireNonNull(recipe, "recipe");
    this.style = Objects.requireNonNull(style, "style");
  }

  /**
   * Makes one sample. Patches of normal images come from the textures, where these are training
   * images, and otherwise from the image itself.
   *
   * @param clean a normal image in its final size, {@code uint8[H][W][3]}
   * @param textures where textures come from; asked by recipes that take textures
   * @param seed of this sample, by {@link SeededRandom#seed(long, String, long)}
   * @throws IllegalArgumentException if the image has not three channels
   */
  public CorruptedSample corrupt(PixelImage clean, TextureSource textures, long seed) {
    return corrupt(
        clean,
        textures,
        !recipe.takesNormals() || textures.internal()
            ? textures
            : TextureSource.internal(List.of(clean)),
        seed);
  }

  /**
   * Makes one sample.
   *
   * @param clean a normal image in its final size, {@code uint8[H][W][3]}
   * @param textures where textures come from; asked by recipes that take textures
   * @param normals training images of the category, for patches; asked by recipes that {@link
   *     CorruptionRecipe#takesNormals}
   * @param seed of this sample, by {@link SeededRandom#seed(long, String, long)}
   * @throws IllegalArgumentException if the image has not three channels
   */
  public CorruptedSample corrupt(
      PixelImage clean, TextureSource textures, TextureSource normals, long seed) {
    if (clean.channels() != 3) {
      throw new IllegalArgumentException("expected 3 channels, got " + clean.channels());
    }
    SeededRandom random = new SeededRandom(seed);
    if (recipe == CorruptionRecipe.CELLS) {
      return cells(clean, random);
    }
    if (recipe == CorruptionRecipe.PATCHES) {
      SampleBuilder sample = new SampleBuilder(clean);
      patches(sample, normals, random);
      return sample.build(0);
    }
    double degrees = 0;
    if (random.nextDouble() < ROTATED) {
      degrees = random.nextDouble(-MAX_DEGREES, MAX_DEGREES);
    }
    PixelImage target = Warp.rotate(clean, degrees);
    SampleBuilder sample = new SampleBuilder(target);
    switch (recipe) {
      case NONE, CELLS, PATCHES -> {}
      case PAPER -> {
        boolean cutPaste = random.nextDouble() > PAPER_BRANCH;
        if (random.nextBoolean()) {
          if (cutPaste) {
            cutPaste(sample, random);
          } else {
            texture(sample, textures, random);
          }
        }
      }
      case NSA -> {
        if (random.nextDouble() > NSA_BRANCH) {
          if (random.nextBoolean()) {
            cutPaste(sample, random);
          }
        } else {
          if (random.nextBoolean()) {
            patches(sample, normals, random);
          }
          if (random.nextBoolean()) {
            texture(sample, textures, random);
          }
        }
      }
      case TEXTURES -> {
        if (random.nextBoolean()) {
          texture(sample, textures, random);
        }
      }
    }
    return sample.build(degrees);
  }

  private static CorruptedSample cells(PixelImage clean, SeededRandom random) {
    SampleBuilder sample = new SampleBuilder(clean);
    int side = CellMasks.SIDES.get(random.nextInt(CellMasks.SIDES.size()));
    CellMasks masks = CellMasks.draw(side, sample.height, sample.width, random);
    int set = random.nextInt(CellMasks.SETS);
    sample.corrupted = masks.without(sample.corrupted, set);
    // A small image may have fewer cells than there are sets.
    if (sample.mark(masks.mask(set))) {
      sample.kind = CorruptionKind.CELLS;
    }
    sample.detail = "cells of " + side;
    return sample.build(0);
  }

  private void cutPaste(SampleBuilder sample, SeededRandom random) {
    CutPaste patch = CutPaste.draw(style, sample.height, sample.width, random);
    sample.corrupted = patch.apply(sample.target);
    sample.mark(patch.mask(sample.height, sample.width));
    sample.kind = CorruptionKind.CUT_PASTE;
    sample.detail =
        String.format(
            Locale.ROOT,
            "%d x %d from (%d, %d) to (%d, %d), %d rad",
            patch.height(),
            patch.width(),
            patch.top(),
            patch.left(),
            patch.row(),
            patch.column(),
            patch.radians());
  }

  private static void patches(SampleBuilder sample, TextureSource normals, SeededRandom random) {
    boolean[] mask = new boolean[sample.height * sample.width];
    NaturalSyntheticAnomaly.Result result =
        NaturalSyntheticAnomaly.apply(sample.target, normals, mask, random);
    sample.corrupted = result.image().toFloat();
    sample.mark(mask);
    sample.kind = CorruptionKind.NSA;
    sample.detail = result.patches() + " patches";
  }

  private static void texture(SampleBuilder sample, TextureSource textures, SeededRandom random) {
    PixelImage raw = textures.texture(random);
    boolean[] mask = PerlinNoise.mask(sample.height, sample.width, random);
    double beta = MAX_BETA * random.nextDouble();
    List<TextureAugmenter> augmenters = TextureAugmenter.draw(textures.internal(), random);
    if (!sample.mark(mask)) {
      // Noise that reaches the threshold nowhere leaves the sample as it is.
      return;
    }
    PixelImage resized = Resize.bilinear(raw, sample.height, sample.width);
    PixelImage texture = TextureAugmenter.applyAll(augmenters, resized, random);
    blend(sample.corrupted, texture, mask, (float) beta);
    sample.kind =
        sample.kind == CorruptionKind.NSA
            ? CorruptionKind.NSA_AND_PERLIN_TEXTURE
            : CorruptionKind.PERLIN_TEXTURE;
    sample.detail +=
        String.format(
            Locale.ROOT, "%sbeta %.3f, %s", sample.detail.isEmpty() ? "" : "; ", beta, augmenters);
  }

  /**
   * Lays a texture over an image inside a mask: beta image + (1 - beta) texture.
   *
   * @param image {@code float[3][H][W]} in [0,1], changed in place
   * @param texture {@code uint8[H][W][3]}
   * @param mask {@code boolean[H][W]}
   * @param beta the fraction of the image that is kept
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

  /** A sample under construction. */
  private static final class SampleBuilder {
    final PixelImage target;
    final int height;
    final int width;
    final byte[] mask;
    FloatImage corrupted;
    CorruptionKind kind = CorruptionKind.CLEAN;
    String detail = "";

    SampleBuilder(PixelImage target) {
      this.target = target;
      height = target.height();
      width = target.width();
      mask = new byte[height * width];
      corrupted = target.toFloat();
    }

    /** Marks pixels as corrupted; returns whether there are any. */
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

    CorruptedSample build(double degrees) {
      return new CorruptedSample(
          corrupted, target, new PixelImage(1, height, width, mask), kind, degrees, detail);
    }
  }
}
