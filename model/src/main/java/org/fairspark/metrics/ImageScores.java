package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The scores of images: all of them while they are few, so that their AUROC is exact; beyond a
 * million a histogram, so that memory stays bounded. Which of the two it is depends on the number
 * of images alone, not on how parts were merged.
 */
final class ImageScores {
  private static final int KEPT = 1 << 20;

  private final int kept;
  private float[] scores = new float[16];
  private int count;

  /** Null while the scores are kept. */
  private ScoreHistogram histogram;

  ImageScores() {
    this(KEPT);
  }

  /** For tests: with a smaller limit. */
  ImageScores(int kept) {
    this.kept = kept;
  }

  void add(float score) {
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException(
          "an image score must be finite, got " + score + ": did the restoration diverge?");
    }
    if (histogram == null && count == kept) {
      spill();
    }
    if (histogram != null) {
      histogram.add(score, false);
      return;
    }
    if (count == scores.length) {
      scores = Arrays.copyOf(scores, 2 * count);
    }
    scores[count++] = score;
  }

  void merge(ImageScores other) {
    if (other.histogram == null && histogram == null && (long) count + other.count <= kept) {
      if (count + other.count > scores.length) {
        scores = Arrays.copyOf(scores, Math.max(2 * count, count + other.count));
      }
      System.arraycopy(other.scores, 0, scores, count, other.count);
      count += other.count;
      return;
    }
    spill();
    if (other.histogram == null) {
      histogram.add(Arrays.copyOf(other.scores, other.count));
    } else {
      histogram.merge(other.histogram);
    }
  }

  private void spill() {
    if (histogram == null) {
      histogram = new ScoreHistogram();
      histogram.add(Arrays.copyOf(scores, count));
      scores = new float[0];
      count = 0;
    }
  }

  boolean isKept() {
    return histogram == null;
  }

  /** The scores in rising order, where they are kept. */
  float[] sorted() {
    float[] sorted = Arrays.copyOf(scores, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private ScoreHistogram asHistogram() {
    if (histogram != null) {
      return histogram;
    }
    ScoreHistogram counted = new ScoreHistogram();
    counted.add(Arrays.copyOf(scores, count));
    return counted;
  }

  /** AUROC of anomalous against normal images, neither empty; ties count one half. */
  static Area auroc(ImageScores normal, ImageScores anomalous) {
    if (normal.isKept() && anomalous.isKept()) {
      return Area.exact(ExactAreas.auroc(normal.sorted(), anomalous.sorted()));
    }
    return HistogramAreas.auroc(
        ScoreHistogram.ofBoth(normal.asHistogram(), anomalous.asHistogram()));
  }

  /** Writes the scores in rising order: the same bytes however parts were merged. */
  void write(DataOutput out) throws IOException {
    out.writeBoolean(isKept());
    if (!isKept()) {
      histogram.write(out);
      return;
    }
    Varint.write(out, count);
    for (float score : sorted()) {
      out.writeFloat(score);
    }
  }

  static ImageScores read(DataInput in) throws IOException {
    ImageScores read = new ImageScores();
    if (!in.readBoolean()) {
      read.histogram = ScoreHistogram.read(in);
      return read;
    }
    long count = Varint.read(in);
    if (count > KEPT) {
      throw new IOException("%d image scores where at most %d are kept".formatted(count, KEPT));
    }
    for (long i = 0; i < count; i++) {
      read.add(in.readFloat());
    }
    return read;
  }
}
