package org.fairspark.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.frequency.NaiveFourier;
import org.fairspark.golden.GoldenSet.Npy;
import org.fairspark.image.FloatImage;
import org.fairspark.image.Gray;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.junit.jupiter.api.DynamicTest;

/** The whole way from an image file to the network's input ({@code pipeline}). */
final class PipelineGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return set.groups("pipeline/").stream()
        .flatMap(file -> set.groups(file + "/").stream())
        .map(group -> DynamicTest.dynamicTest(group, () -> check(set, group)));
  }

  private static void check(GoldenSet set, String group) throws Exception {
    String file = group.substring(0, group.lastIndexOf('/'));
    JsonNode size = set.params(group + "/image_bgr_chw");
    int height = size.get("h").asInt();
    int width = size.get("w").asInt();

    byte[] png = Files.readAllBytes(set.file(file + "/png"));
    FloatImage image =
        Resize.bilinear(ImageDecoder.decode(png, DecodeLimits.DEFAULT), height, width).toFloat();
    set.check(group + "/image_bgr_chw", Npy.widen(swapRedAndBlue(image).values()), 0, 0);

    FloatImage mask = new FloatImage(1, height, width, new float[height * width]);
    if (set.has(file + "/mask_png")) {
      byte[] maskPng = Files.readAllBytes(set.file(file + "/mask_png"));
      PixelImage decoded = ImageDecoder.decodeMask(maskPng, DecodeLimits.DEFAULT);
      mask = Resize.bilinear(decoded, height, width).toFloat();
    }
    set.check(group + "/mask", Npy.widen(mask.values()), 0, 0);

    JsonNode filter = set.params(group + "/imagegray");
    ButterworthHighPass highPass =
        new ButterworthHighPass(filter.get("D0").asDouble(), filter.get("n").asInt());
    double[] input =
        height == width
            ? Npy.widen(highPass.extract(image).values())
            : asThePapersCodeFilters(Gray.bt601(image), highPass);
    set.check(group + "/imagegray", input, 2e-6, 0);
  }

  /**
   * Filters with the centre of the paper's code, which exchanges height and width. The product does
   * not, and differs in nothing else.
   */
  private static double[] asThePapersCodeFilters(FloatImage gray, ButterworthHighPass highPass) {
    int height = gray.height();
    int width = gray.width();
    double[] gains = new double[height * width];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        gains[r * width + c] = highPass.gain(Math.hypot(r - width / 2, c - height / 2));
      }
    }
    return NaiveFourier.filter(gray.values(), height, width, gains);
  }

  /** Exchanges red and blue: the reference code keeps colours in the order blue, green, red. */
  static FloatImage swapRedAndBlue(FloatImage image) {
    int plane = image.height() * image.width();
    float[] swapped = image.values().clone();
    System.arraycopy(image.values(), 0, swapped, 2 * plane, plane);
    System.arraycopy(image.values(), 2 * plane, swapped, 0, plane);
    return new FloatImage(3, image.height(), image.width(), swapped);
  }
}
