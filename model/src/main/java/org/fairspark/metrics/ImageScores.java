package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The scores of images: a list up to a million images, so that their AUROC is exact, and a
 * histogram beyond, so that memory stays bounded. The choice depends on the number of images alone,
 * not on how parts were merged.
 */
final class ImageScores {
  private static final int MAX_LISTED = 1 << 20;

  private final int maxListed;
  private float[] scores = new float[16];
  private int count;

  /** The histogram; null while the scores are listed. */
  private ScoreHistogram histogram;

  ImageScores() {
    this(MAX_LISTED);
  }

  /**
   * @param maxListed the largest number of scores that are listed; smaller in tests
   */
  ImageScores(int maxListed) {
    this.maxListed = maxListed;
  }

  void add(float score) {
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException(
          "an image score must be finite, got " + score + ": did the restoration diverge?");
    }
    if (histogram == null && count == maxListed) {
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
    if (other.histogram == null && histogram == null && (long) count + other.count <= maxListed) {
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

  /** Returns the number of scores. */
  long count() {
    return histogram == null ? count : histogram.count();
  }

  /** Returns whether the scores are listed, not only counted. */
  boolean isListed() {
    return histogram == null;
  }

  /** Returns the scores in rising order; they must be listed. */
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

  /** Computes AUROC of anomalous against normal images, neither empty; ties count one half. */
  static Area auroc(ImageScores normal, ImageScores anomalous) {
    if (normal.isListed() && anomalous.isListed()) {
      return Area.exact(ExactAuroc.of(normal.sorted(), anomalous.sorted()));
    }
    return HistogramAreas.auroc(
        ScoreHistogram.ofBoth(normal.asHistogram(), anomalous.asHistogram()));
  }

  /** Counts anomalous against normal images by falling score. */
  static PrecisionRecall precisionRecall(ImageScores normal, ImageScores anomalous) {
    return normal.isListed() && anomalous.isListed()
        ? PrecisionRecall.of(normal.sorted(), anomalous.sorted())
        : PrecisionRecall.of(ScoreHistogram.ofBoth(normal.asHistogram(), anomalous.asHistogram()));
  }

  /** Writes the scores in rising order, so that equal scores give equal bytes. */
  void write(DataOutput out) throws IOException {
    out.writeBoolean(isListed());
    if (!isListed()) {
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
    if (count > MAX_LISTED) {
      throw new IOException(
          "%d image scores where at most %d are listed".formatted(count, MAX_LISTED));
    }
    for (long i = 0; i < count; i++) {
      read.add(in.readFloat());
    }
    return read;
  }
}
