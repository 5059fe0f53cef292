package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The counts of images and pixels above and below the levels of a decision. */
final class Decided {
  private long imagesAbove;
  private long normalAbove;
  private long normalBelow;
  private long anomalousAbove;
  private long anomalousBelow;

  /** Counts an image by its score. */
  void addImage(float score, DecisionLevels levels) {
    imagesAbove += score > levels.image() ? 1 : 0;
  }

  /**
   * Counts the pixels of an image.
   *
   * @param labels 0 for normal pixels; null where all are
   */
  void addPixels(InspectedMap map, int[] labels, DecisionLevels levels) {
    boolean[] called =
        Hysteresis.above(map.values(), map.width(), levels.pixel(), levels.lowPixel());
    for (int p = 0; p < called.length; p++) {
      if (!map.counts(p)) {
        continue;
      }
      if (labels == null || labels[p] == 0) {
        normalAbove += called[p] ? 1 : 0;
        normalBelow += called[p] ? 0 : 1;
      } else {
        anomalousAbove += called[p] ? 1 : 0;
        anomalousBelow += called[p] ? 0 : 1;
      }
    }
  }

  void merge(Decided other) {
    imagesAbove += other.imagesAbove;
    normalAbove += other.normalAbove;
    normalBelow += other.normalBelow;
    anomalousAbove += other.anomalousAbove;
    anomalousBelow += other.anomalousBelow;
  }

  long imagesAbove() {
    return imagesAbove;
  }

  long normalPixelsAbove() {
    return normalAbove;
  }

  long normalPixelsBelow() {
    return normalBelow;
  }

  long anomalousPixelsAbove() {
    return anomalousAbove;
  }

  long anomalousPixelsBelow() {
    return anomalousBelow;
  }

  void write(DataOutput out) throws IOException {
    Varint.write(out, imagesAbove);
    Varint.write(out, normalAbove);
    Varint.write(out, normalBelow);
    Varint.write(out, anomalousAbove);
    Varint.write(out, anomalousBelow);
  }

  static Decided read(DataInput in) throws IOException {
    Decided decided = new Decided();
    decided.imagesAbove = Varint.read(in);
    decided.normalAbove = Varint.read(in);
    decided.normalBelow = Varint.read(in);
    decided.anomalousAbove = Varint.read(in);
    decided.anomalousBelow = Varint.read(in);
    return decided;
  }
}
