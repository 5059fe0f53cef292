package org.fairspark.scoring;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.corruption.LineVariation;
import org.fairspark.corruption.LocalDefect;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * The images that a trial makes of one held-out normal image: changed as a production line changes
 * it, and changed otherwise with a synthesized defect on top. Eight of each; the defects' opacities
 * go from faint to full, so that some of them are neither always found nor never.
 *
 * @param changed normal images, {@code uint8[H][W][3]}
 * @param defective images with a defect, faintest first
 * @param masks of the defects, {@code boolean[H * W]}: where the image differs from itself without
 */
public record TrialImages(
    List<PixelImage> changed, List<PixelImage> defective, List<boolean[]> masks) {
  /** Number of images of each kind. */
  public static final int EACH = 8;

  /** The faintest opacity of the first defect. */
  private static final double FAINTEST = 0.2;

  /** Draws of a defect until a quarter of it is inspected. */
  private static final int MAX_DRAWS = 32;

  /** The range of a defect's opacity, and what the next one has more. */
  private static final double STEP = (1 - FAINTEST) / EACH;

  public TrialImages {
    changed = List.copyOf(changed);
    defective = List.copyOf(defective);
    masks = List.copyOf(masks);
  }

  /**
   * Makes the images. They depend on the arguments alone.
   *
   * @param normal {@code uint8[H][W][3]}, as the network sees it
   * @param seed of the run
   * @param id the image's
   * @param inside {@code boolean[H * W]}, the pixels that are inspected, where defects are put;
   *     null for all
   */
  public static TrialImages of(PixelImage normal, long seed, String id, boolean[] inside) {
    List<PixelImage> changed = new ArrayList<>();
    List<PixelImage> defective = new ArrayList<>();
    List<boolean[]> masks = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      SeededRandom random = SeededRandom.of(seed, "score/changed/" + id, i);
      changed.add(LineVariation.draw(random).apply(normal));
      random = SeededRandom.of(seed, "score/defective/" + id, i);
      PixelImage other = LineVariation.draw(random).apply(normal);
      double opacity = FAINTEST + STEP * random.nextDouble(i, i + 1);
      PixelImage damaged = LocalDefect.apply(other, opacity, random);
      boolean[] mask = difference(other, damaged);
      for (int draw = 1; draw < MAX_DRAWS && !isInspected(mask, inside); draw++) {
        damaged = LocalDefect.apply(other, opacity, random);
        mask = difference(other, damaged);
      }
      defective.add(damaged);
      masks.add(mask);
    }
    return new TrialImages(changed, defective, masks);
  }

  private static boolean isInspected(boolean[] mask, boolean[] inside) {
    if (inside == null) {
      return true;
    }
    int all = 0;
    int seen = 0;
    for (int p = 0; p < mask.length; p++) {
      all += mask[p] ? 1 : 0;
      seen += mask[p] && inside[p] ? 1 : 0;
    }
    return 4 * seen >= all;
  }

  private static boolean[] difference(PixelImage one, PixelImage other) {
    boolean[] differs = new boolean[one.height() * one.width()];
    for (int i = 0; i < one.pixels().length; i++) {
      differs[i / one.channels()] |= one.pixels()[i] != other.pixels()[i];
    }
    return differs;
  }

  /** Returns all images in one list: the changed ones, then the defective ones. */
  public List<PixelImage> all() {
    List<PixelImage> all = new ArrayList<>(changed);
    all.addAll(defective);
    return all;
  }
}
