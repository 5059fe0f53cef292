package org.fairspark.corruption;

import com.fasterxml.jackson.databind.JsonNode;
import org.fairspark.color.ByteColorSpace;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;

/** The package-private methods of this package that the golden tests call. */
public final class GoldenCorruption {
  private GoldenCorruption() {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Pasted(FloatImage image, double[] mask) {}

  public static double[] noise(double[] corners, int rows, int columns, int height, int width) {
    return PerlinNoise.noise(corners, rows, columns, height, width);
  }

  public static double[] mask(double[] noise) {
    return numbers(PerlinNoise.above(noise));
  }

  public static double[] rotate(double[] plane, int height, int width, double degrees) {
    return Warp.rotate(plane, height, width, degrees);
  }

  public static PixelImage rotate(PixelImage image, double degrees) {
    return Warp.rotate(image, degrees);
  }

  public static Pasted cutPaste(
      PixelImage image,
      int top,
      int left,
      int height,
      int width,
      int radians,
      int row,
      int column) {
    CutPaste patch = new CutPaste(top, left, height, width, radians, row, column);
    return new Pasted(patch.apply(image), numbers(patch.mask(image.height(), image.width())));
  }

  public static void blend(FloatImage image, PixelImage texture, double[] mask, double beta) {
    boolean[] inside = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      inside[i] = mask[i] != 0;
    }
    Corruptor.blend(image, texture, inside, (float) beta);
  }

  /** Applies the augmenter that a golden entry's last name part tells, with its parameters. */
  public static void augment(String name, JsonNode params, byte[] pixels, int height, int width) {
    String kind = name.replaceAll("_[^_]*$", "");
    switch (kind) {
      case "gamma" -> {
        JsonNode gamma = params.get("gamma");
        PixelFilters.gamma(
            pixels,
            new double[] {
              gamma.get(0).asDouble(), gamma.get(1).asDouble(), gamma.get(2).asDouble()
            });
      }
      case "brightness" ->
          PixelFilters.brightness(
              pixels,
              ByteColorSpace.valueOf(
                  params.get("colorspace").asText().toUpperCase(java.util.Locale.ROOT)),
              params.get("mul").asDouble(),
              params.get("add").asInt(),
              true);
      case "sharpness" ->
          PixelFilters.sharpness(pixels, height, width, params.get("factor").asDouble());
      case "hue" ->
          PixelFilters.hueAndSaturation(
              pixels, params.get("hue").asInt(), params.get("sat").asInt());
      case "solarize" -> PixelFilters.solarize(pixels, params.get("threshold").asInt());
      case "posterize" -> PixelFilters.posterize(pixels, params.get("nb_bits").asInt());
      case "invert" -> PixelFilters.invert(pixels);
      case "autocontrast" -> PixelFilters.autocontrast(pixels, params.get("cutoff").asInt());
      case "equalize" -> PixelFilters.equalize(pixels);
      case "hsv_add" -> PixelFilters.hueShift(pixels, params.get("add").asInt());
      default -> throw new IllegalArgumentException("no augmenter is known as " + name);
    }
  }

  private static double[] numbers(boolean[] mask) {
    double[] numbers = new double[mask.length];
    for (int i = 0; i < mask.length; i++) {
      numbers[i] = mask[i] ? 1 : 0;
    }
    return numbers;
  }
}
