package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** The counts of the normal images of a category, or of those with one type of defect. */
final class Tally {
  private static final int HALF = MaskConvention.HALF.regionLevel();

  /** All pixels, and those of anomalous images by the convention that is asked for. */
  private final ScoreHistogram pixels = new ScoreHistogram();

  /** The pixels of anomalous images, with those whose mask is above one half anomalous. */
  private final ScoreHistogram half = new ScoreHistogram();

  private final ImageScores scores = new ImageScores();
  private final Decided decided = new Decided();
  private long images;
  private long withoutMask;
  private long regions;
  private long largestRegion;

  /** Pixels of the largest mask above one half, which no region of it exceeds. */
  private long largestMask;

  private BigDecimal restorationErrors = BigDecimal.ZERO;

  /** Images that the restoration errors are of. */
  private long restorations;

  /**
   * Counts a normal image.
   *
   * @param levels of the decision; null where there are none
   */
  void addNormal(InspectedMap map, float imageScore, DecisionLevels levels) {
    pixels.add(map.counted());
    if (levels != null) {
      decided.addPixels(map, null, levels);
    }
    addScore(imageScore, levels);
  }

  /** Adds the restoration error of an image that is counted apart. */
  void addRestoration(double error) {
    restorationErrors = restorationErrors.add(new BigDecimal(error));
    restorations++;
  }

  /**
   * Counts an anomalous image.
   *
   * @param whole its mask, also of what is not inspected; null where it has none
   * @param areas its defects one by one, where their saturation is known
   * @param levels of the decision; null where there are none
   */
  void addAnomalous(
      float imageScore,
      InspectedMap map,
      byte[] whole,
      MaskConvention masks,
      List<DefectArea> areas,
      DecisionLevels levels) {
    if (whole == null) {
      withoutMask++;
      addScore(imageScore, levels);
      return;
    }
    byte[] mask = map.inside(whole);
    int width = map.width();
    int height = mask.length / width;
    Regions byConvention = Regions.label(mask, height, width, masks.regionLevel());
    Regions byHalf =
        masks.regionLevel() == HALF ? byConvention : Regions.label(mask, height, width, HALF);
    pixels.add(map, mask, byConvention, masks.positiveLevel());
    half.addByImage(map, mask, byHalf, HALF);
    areas.forEach(area -> addArea(map, area));
    if (levels != null) {
      decided.addPixels(map, byHalf.labels(), levels);
    }
    for (int region = 1; region <= byConvention.count(); region++) {
      largestRegion = Math.max(largestRegion, byConvention.area(region));
    }
    largestMask = Math.max(largestMask, byHalf.area());
    regions += byConvention.count();
    addScore(imageScore, levels);
  }

  private void addArea(InspectedMap map, DefectArea area) {
    float[] values = map.values();
    float[] found = new float[values.length];
    int pixels = 0;
    for (int p = 0; p < values.length; p++) {
      if (map.counts(p) && (area.mask()[p] & 0xFF) >= HALF) {
        found[pixels++] = values[p];
      }
    }
    // A defect that resizing has lost is none at this size.
    if (pixels > 0) {
      int count = (int) Math.max(1, Math.round(area.saturation() * pixels));
      half.addSaturated(Arrays.copyOf(found, pixels), count);
    }
  }

  private void addScore(float imageScore, DecisionLevels levels) {
    scores.add(imageScore);
    if (levels != null) {
      decided.addImage(imageScore, levels);
    }
    images++;
  }

  void merge(Tally other) {
    pixels.merge(other.pixels);
    half.merge(other.half);
    scores.merge(other.scores);
    decided.merge(other.decided);
    images += other.images;
    withoutMask += other.withoutMask;
    regions += other.regions;
    largestRegion = Math.max(largestRegion, other.largestRegion);
    largestMask = Math.max(largestMask, other.largestMask);
    restorationErrors = restorationErrors.add(other.restorationErrors);
    restorations += other.restorations;
  }

  ScoreHistogram pixels() {
    return pixels;
  }

  ScoreHistogram half() {
    return half;
  }

  ImageScores scores() {
    return scores;
  }

  Decided decided() {
    return decided;
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

  long largestMask() {
    return largestMask;
  }

  /** Returns the mean restoration error of the images that have one, or why there is none. */
  Area restorationError() {
    if (images == 0) {
      return Area.notDefined("there are no normal images");
    }
    if (restorations == 0) {
      return Area.notDefined("the method restores no images as a whole");
    }
    return Area.exact(restorationErrors.doubleValue() / restorations);
  }

  void write(DataOutput out) throws IOException {
    Varint.write(out, images);
    Varint.write(out, withoutMask);
    Varint.write(out, regions);
    Varint.write(out, largestRegion);
    Varint.write(out, largestMask);
    Varint.write(out, restorations);
    out.writeUTF(restorationErrors.stripTrailingZeros().toString());
    scores.write(out);
    decided.write(out);
    pixels.write(out);
    half.write(out);
  }

  static Tally read(DataInput in) throws IOException {
    Tally tally = new Tally();
    tally.images = Varint.read(in);
    tally.withoutMask = Varint.read(in);
    tally.regions = Varint.read(in);
    tally.largestRegion = Varint.read(in);
    tally.largestMask = Varint.read(in);
    tally.restorations = Varint.read(in);
    tally.restorationErrors = new BigDecimal(in.readUTF());
    tally.scores.merge(ImageScores.read(in));
    tally.decided.merge(Decided.read(in));
    tally.pixels.merge(ScoreHistogram.read(in));
    tally.half.merge(ScoreHistogram.read(in));
    return tally;
  }
}
