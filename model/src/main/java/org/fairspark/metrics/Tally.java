package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The counts of the normal images of a category, or of those with one type of defect. */
final class Tally {
  private final ScoreHistogram pixels = new ScoreHistogram();
  private final ImageScores scores = new ImageScores();
  private long images;
  private long withoutMask;
  private long regions;
  private long largestRegion;

  void addNormal(float[] map, float imageScore) {
    pixels.add(map);
    scores.add(imageScore);
    images++;
  }

  void addAnomalous(float imageScore, float[] map, byte[] mask, int width, MaskConvention masks) {
    if (mask == null) {
      scores.add(imageScore);
      withoutMask++;
      images++;
      return;
    }
    Regions maskRegions = Regions.label(mask, mask.length / width, width, masks.regionLevel());
    pixels.add(map, mask, maskRegions, masks.positiveLevel());
    scores.add(imageScore);
    for (int region = 1; region <= maskRegions.count(); region++) {
      largestRegion = Math.max(largestRegion, maskRegions.area(region));
    }
    regions += maskRegions.count();
    images++;
  }

  void merge(Tally other) {
    pixels.merge(other.pixels);
    scores.merge(other.scores);
    images += other.images;
    withoutMask += other.withoutMask;
    regions += other.regions;
    largestRegion = Math.max(largestRegion, other.largestRegion);
  }

  ScoreHistogram pixels() {
    return pixels;
  }

  ImageScores scores() {
    return scores;
  }

  long images() {
    return images;
  }

  long withoutMask() {
    return withoutMask;
  }

  long regions() {
    return regions;
  }

  long largestRegion() {
    return largestRegion;
  }

  void write(DataOutput out) throws IOException {
    Varint.write(out, images);
    Varint.write(out, withoutMask);
    Varint.write(out, regions);
    Varint.write(out, largestRegion);
    scores.write(out);
    pixels.write(out);
  }

  static Tally read(DataInput in) throws IOException {
    Tally tally = new Tally();
    tally.images = Varint.read(in);
    tally.withoutMask = Varint.read(in);
    tally.regions = Varint.read(in);
    tally.largestRegion = Varint.read(in);
    tally.scores.merge(ImageScores.read(in));
    tally.pixels.merge(ScoreHistogram.read(in));
    return tally;
  }
}
