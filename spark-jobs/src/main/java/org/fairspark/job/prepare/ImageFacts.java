package org.fairspark.job.prepare;

import java.io.Serializable;
import java.util.Set;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.dataset.Split;
import org.fairspark.image.PerceptualHash;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.WideSamples;

/**
 * The facts about an image that decoding found out, beside its row.
 *
 * @param anomalous whether it is labelled as showing a defect
 * @param samples evidence on the depth of its 16-bit samples
 * @param sha256 of the file
 * @param hash of the resized picture; null for an image that could not be used, of which the
 *     samples alone are known
 * @param oneColour whether all pixels are equal
 * @param notes what is to be told of it
 */
record ImageFacts(
    String category,
    String imageId,
    Split split,
    boolean anomalous,
    WideSamples samples,
    String sha256,
    PerceptualHash hash,
    boolean oneColour,
    Set<DataNote> notes)
    implements Serializable {

  static ImageFacts of(
      ImageEntry entry,
      WideSamples samples,
      String sha256,
      PixelImage resized,
      Set<DataNote> notes) {
    return new ImageFacts(
        entry.category(),
        entry.imageId(),
        entry.split(),
        entry.label() == 1,
        samples,
        sha256,
        PerceptualHash.of(resized),
        isOneColour(resized),
        notes);
  }

  /** Returns the facts about an image whose samples cannot be used without an offset. */
  static ImageFacts ofSamples(ImageEntry entry, WideSamples samples) {
    return new ImageFacts(
        entry.category(),
        entry.imageId(),
        entry.split(),
        entry.label() == 1,
        samples,
        "",
        null,
        false,
        Set.of());
  }

  /** Returns whether the image has a row. */
  boolean isUsable() {
    return hash != null;
  }

  /** Returns whether the image is one that a model learns normality from, or its thresholds. */
  boolean isTraining() {
    return split != Split.TEST;
  }

  private static boolean isOneColour(PixelImage image) {
    byte[] pixels = image.pixels();
    int channels = image.channels();
    for (int i = channels; i < pixels.length; i++) {
      if (pixels[i] != pixels[i - channels]) {
        return false;
      }
    }
    return true;
  }
}
