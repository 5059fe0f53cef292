package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/** The counts of the normal images of a category, or of those with one type of defect. */
final class Tally {
  private static final int HALF = MaskConvention.HALF.regionLevel();

  /** All pixels, and those of anomalous images by the convention that is asked for. */
  private final ScoreHistogram pixels = new ScoreHistogram();

  /** The pixels of anomalous images, with those whose mask is above one half anomalous. */
  private final ScoreHistogram half = new ScoreHistogram();

  /** The pixels of images at the size of their files, by masks above one half. */
  private final ScoreHistogram own = new ScoreHistogram();

  /** Images of which these are. */
  private long ownImages;

  private long largestOwnMask;

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
   * @param ownSize at the size of its file; null where that is not known
   * @param levels of the decision; null where there are none
   */
  void addNormal(InspectedMap map, float imageScore, OwnSize ownSize, DecisionLevels levels) {
    pixels.add(map.counted());
    if (ownSize != null) {
      own.add(ownSize.map().counted());
      ownImages++;
    }
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
   * @param metadata with its defects one by one, and itself at the size of its file
   * @param levels of the decision; null where there are none
   */
  void addAnomalous(
      float imageScore,
      InspectedMap map,
      byte[] whole,
      MaskConvention masks,
      ImageMetadata metadata,
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
    metadata.defects().forEach(area -> addArea(map, area));
    if (metadata.own() != null && metadata.own().mask() != null) {
      addOwn(metadata.own());
    }
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

  private void addOwn(OwnSize ownSize) {
    InspectedMap map = ownSize.map();
    byte[] mask = map.inside(ownSize.mask());
    Regions found = Regions.label(mask, mask.length / map.width(), map.width(), HALF);
    own.add(map, mask, found, HALF);
    largestOwnMask = Math.max(largestOwnMask, found.area());
    ownImages++;
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
    own.merge(other.own);
    ownImages += other.ownImages;
    largestOwnMask = Math.max(largestOwnMask, other.largestOwnMask);
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

  ScoreHistogram own() {
    return own;
  }

  /** Returns whether all images with pixels are known at the size of their files. */
  boolean isOwnComplete() {
    return ownImages == images - withoutMask;
  }

  /** Returns the number of images that are known at the size of their files. */
  long ownImages() {
    return ownImages;
  }

  long largestOwnMask() {
    return largestOwnMask;
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
    Varint.write(out, ownImages);
    Varint.write(out, largestOwnMask);
    own.write(out);
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
    tally.ownImages = Varint.read(in);
    tally.largestOwnMask = Varint.read(in);
    tally.own.merge(ScoreHistogram.read(in));
    return tally;
  }
}
