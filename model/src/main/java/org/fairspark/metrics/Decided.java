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

  /** Counts the pixels of a normal image. */
  void addPixels(float[] map, DecisionLevels levels) {
    long above = 0;
    for (float value : map) {
      above += value > levels.pixel() ? 1 : 0;
    }
    normalAbove += above;
    normalBelow += map.length - above;
  }

  /**
   * Counts the pixels of an anomalous image.
   *
   * @param regions the anomalous pixels
   */
  void addPixels(float[] map, Regions regions, DecisionLevels levels) {
    int[] labels = regions.labels();
    for (int p = 0; p < map.length; p++) {
      boolean above = map[p] > levels.pixel();
      if (labels[p] == 0) {
        normalAbove += above ? 1 : 0;
        normalBelow += above ? 0 : 1;
      } else {
        anomalousAbove += above ? 1 : 0;
        anomalousBelow += above ? 0 : 1;
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
