package org.fairspark.job.prepare;

import org.fairspark.config.DataLayout;
import org.fairspark.image.PixelImage;

/** The meanings that the values of a mask file can have. */
enum MaskCoding {
  /** 0 is normal, 255 anomalous, between is an edge: MVTec AD. */
  GRAY,
  /** 0 is normal, everything else a class of defect: VisA, whose masks look black to the eye. */
  CLASSES,
  /** The user's own masks: classes if no value reaches 128, gray otherwise. */
  EITHER;

  private static final int WHITE = 255;

  static MaskCoding of(DataLayout layout) {
    return switch (layout) {
      case MVTEC -> GRAY;
      case VISA -> CLASSES;
      case FOLDER, MANIFEST -> EITHER;
    };
  }

  /**
   * Returns the mask with 255 for anomalous; may change and return the image given.
   *
   * @param mask {@code uint8[H][W]} as stored
   */
  PixelImage normalize(PixelImage mask) {
    byte[] values = mask.pixels();
    if (this == GRAY || (this == EITHER && largest(values) >= 128)) {
      return mask;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (values[i] == 0 ? 0 : WHITE);
    }
    return mask;
  }

  private static int largest(byte[] values) {
    int largest = 0;
    for (byte value : values) {
      largest = Math.max(largest, value & 0xFF);
    }
    return largest;
  }
}
