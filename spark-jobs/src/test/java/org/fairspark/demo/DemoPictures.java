package org.fairspark.demo;

import java.util.List;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/** Demonstration parts with and without their defect, for tests that need plausible pictures. */
public final class DemoPictures {
  private DemoPictures() {}

  /**
   * One photographed part.
   *
   * @param input the photograph
   * @param clean the photograph of the same part without the defect, in the same light
   * @param mask 255 where the defect is
   */
  public record Part(PixelImage input, PixelImage clean, PixelImage mask) {}

  /** Returns the categories. */
  public static List<String> categories() {
    return List.of("weave", "flange");
  }

  /** Returns a category's kinds of defect. */
  public static List<String> defects(String category) {
    return product(category, 64).defects();
  }

  /** Renders part {@code number} with a defect, or without one for "good". */
  public static Part part(String category, String defect, int number, int pixels) {
    Product product = product(category, pixels);
    String key = category + "/" + defect;
    boolean good = defect.equals("good");
    Surface flawless = product.flawless(SeededRandom.of(2, key, number));
    Surface surface = good ? flawless : product.defective(SeededRandom.of(2, key, number), defect);
    Studio studio = product.studio(SeededRandom.of(3, key, number));
    PixelImage input = studio.photograph(surface, SeededRandom.of(4, key, number));
    PixelImage clean = studio.photograph(flawless, SeededRandom.of(5, key, number));
    return new Part(input, clean, Studio.mask(surface));
  }

  private static Product product(String category, int pixels) {
    return category.equals("weave") ? new WovenCloth(pixels) : new MachinedFlange(pixels);
  }
}
