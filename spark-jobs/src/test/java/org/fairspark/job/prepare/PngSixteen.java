package org.fairspark.job.prepare;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Gray PNGs of 16 bits per sample. */
final class PngSixteen {
  private PngSixteen() {}

  /** Returns an image of one value throughout. */
  static byte[] of(int height, int width, int value) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    int[] samples = new int[height * width];
    Arrays.fill(samples, value);
    image.getRaster().setPixels(0, 0, width, height, samples);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
