package org.fairspark.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One image of a gallery.
 *
 * @param role why it is shown
 * @param imageId the image's path below the data root
 * @param defect the kind of defect; "good" for a normal image
 * @param anomalous whether it is anomalous by its label
 * @param score the image score
 * @param views encoded pictures (PNG or JPEG), all of one size; {@link View#INPUT} is there
 */
public record Specimen(
    Role role,
    String imageId,
    String defect,
    boolean anomalous,
    OptionalDouble score,
    Map<View, byte[]> views) {

  /** A reason why an image is shown. */
  public enum Role {
    /** Ranked as it should be, by the widest margin. */
    BEST,
    /** Ranked most wrongly: anomalous with a low score or normal with a high one. */
    WORST,
    /** Normal with a score above the calibrated threshold. */
    FALSE_ALARM,
    /** Drawn at random. */
    RANDOM
  }

  /** A kind of picture of an image. */
  public enum View {
    INPUT,
    HIGH_PASS,
    RESTORATION,
    MAP,
    MASK
  }

  public Specimen {
    if (!views.containsKey(View.INPUT)) {
      throw new IllegalArgumentException("a specimen needs its input picture: " + imageId);
    }
    views = Map.copyOf(new EnumMap<>(views));
  }
}
