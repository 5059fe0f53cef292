package org.fairspark.detect.cutpaste;

import org.fairspark.corruption.PastedPatch;
import org.fairspark.detect.PatchSample;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Window;
import org.fairspark.random.SeededRandom;

/**
 * The maker of what the network learns from: a patch from anywhere in a normal image, with its
 * colours changed a little, and in two of three something pasted in.
 *
 * @param side of a patch, in pixels
 */
record CutPasteSamples(int side) {
  /** The paper's images, in whose pixels scars are measured. */
  private static final double PAPER_SIDE = 256;

  /**
   * Makes a sample.
   *
   * @param image a normal image, {@code uint8[H][W][3]}
   * @param seed decides everything
   * @return the patch, {@code float[3][side][side]}, RGB in [0,1], and 1 for its class
   */
  PatchSample make(PixelImage image, long seed) {
    SeededRandom random = new SeededRandom(seed);
    PastedPatch kind = PastedPatch.values()[random.nextInt(CutPasteNetwork.CLASSES)];
    int top = random.nextInt(image.height() - side + 1);
    int left = random.nextInt(image.width() - side + 1);
    PixelImage patch = Window.of(image, top, left, ImageSize.square(side));
    patch = PastedPatch.jittered(patch, random);
    double scale = Math.min(image.height(), image.width()) / PAPER_SIDE;
    float[] wanted = new float[CutPasteNetwork.CLASSES];
    wanted[kind.ordinal()] = 1;
    return new PatchSample(kind.apply(patch, scale, random).toFloat().values(), wanted);
  }
}
