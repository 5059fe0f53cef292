package org.fairspark.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A histogram of pixel or image scores in at most 2^16 bins, with separate counts of normal, edge
 * and anomalous ones; mergeable, in memory that does not depend on the number of scores.
 *
 * <p>A bin is a run of {@code 2^shift} neighbouring {@linkplain ScoreKey keys}. The shift is the
 * smallest by which the bins hold all keys seen so far, and doubling the bins' width adds up
 * neighbours: the content depends on the scores alone, not on their order or on how parts were
 * merged. All counts are integers; weights are fixed-point numbers, so that sums are exact.
 *
 * <p>Not thread-safe.
 */
public final class ScoreHistogram {
  static final int BINS = 1 << 16;
  private static final int RING = BINS - 1;

  /** One, as a weight. */
  static final long UNIT = 1L << 40;

  private int shift;
  private int lowKey = Integer.MAX_VALUE;
  private int highKey = Integer.MIN_VALUE;

  // Bin b has index b & RING: the bins in use are not more than the ring's entries.
  private long[] normal;
  private long[] edge;
  private long[] anomalous;
  private long[] weight;
  private long[] imageWeight;
  private long[] saturated;

  /** Counts scores as normal. */
  public void add(float[] scores) {
    makeRoom(scores);
    addNormal(scores);
  }

  /** Counts one score as normal or anomalous. */
  public void add(float score, boolean isAnomalous) {
    float[] one = {score};
    makeRoom(one);
    int bin = (ScoreKey.of(score) >> shift) & RING;
    if (isAnomalous) {
      anomalous = allocated(anomalous);
      anomalous[bin]++;
    } else {
      normal = allocated(normal);
      normal[bin]++;
    }
  }

  /**
   * Counts a map's pixels by its mask.
   *
   * @param map whose pixels count as far as they are inspected
   * @param regions the mask's regions; pixels outside them are normal
   * @param positiveLevel the smallest mask value that is anomalous; lower ones in a region are
   *     edges
   */
  void add(InspectedMap map, byte[] mask, Regions regions, int positiveLevel) {
    add(map, mask, regions, positiveLevel, false);
  }

  /**
   * Counts a map's pixels by its mask, and the anomalous ones also so that each image has equal
   * weight.
   *
   * @param level the smallest mask value that is anomalous, of which the regions are
   */
  void addByImage(InspectedMap map, byte[] mask, Regions regions, int level) {
    add(map, mask, regions, level, true);
  }

  private void add(
      InspectedMap inspected, byte[] mask, Regions regions, int positiveLevel, boolean byImage) {
    float[] counted = inspected.counted();
    makeRoom(counted);
    if (regions.count() == 0) {
      addNormal(counted);
      return;
    }
    float[] map = inspected.values();
    normal = allocated(normal);
    edge = allocated(edge);
    anomalous = allocated(anomalous);
    weight = allocated(weight);
    long[] pixelWeight = new long[regions.count() + 1];
    for (int region = 1; region < pixelWeight.length; region++) {
      pixelWeight[region] = share(regions.area(region));
    }
    long pixelOfImage = 0;
    if (byImage) {
      imageWeight = allocated(imageWeight);
      pixelOfImage = share(regions.area());
    }
    int[] labels = regions.labels();
    for (int p = 0; p < map.length; p++) {
      if (!inspected.counts(p)) {
        continue;
      }
      int bin = (ScoreKey.of(map[p]) >> shift) & RING;
      int region = labels[p];
      if (region == 0) {
        normal[bin]++;
      } else {
        weight[bin] += pixelWeight[region];
        if (byImage) {
          imageWeight[bin] += pixelOfImage;
        }
        if ((mask[p] & 0xFF) >= positiveLevel) {
          anomalous[bin]++;
        } else {
          edge[bin]++;
        }
      }
    }
  }

  /**
   * Counts the highest scores of a defect, as many as saturate its overlap, so that together they
   * weigh one: above any level lies the smaller of one and of the share of these that is found.
   *
   * @param scores of the defect's pixels; changed
   * @param count how many saturate, from 1 to all
   */
  void addSaturated(float[] scores, int count) {
    makeRoom(scores);
    saturated = allocated(saturated);
    Arrays.sort(scores);
    long one = share(count);
    for (int i = scores.length - count; i < scores.length; i++) {
      saturated[(ScoreKey.of(scores[i]) >> shift) & RING] += one;
    }
  }

  /** Returns the weight of one of so many pixels, which together weigh one. */
  private static long share(long pixels) {
    return (UNIT + pixels / 2) / pixels;
  }

  private void addNormal(float[] scores) {
    normal = allocated(normal);
    long[] counts = normal;
    int by = shift;
    for (float score : scores) {
      counts[(ScoreKey.of(score) >> by) & RING]++;
    }
  }

  private static long[] allocated(long[] counts) {
    return counts == null ? new long[BINS] : counts;
  }

  /** Adds another histogram's counts. */
  public void merge(ScoreHistogram other) {
    if (other.isEmpty()) {
      return;
    }
    makeRoom(other.lowKey, other.highKey);
    int coarser = shift - other.shift;
    normal = plus(normal, other.normal, other, coarser);
    edge = plus(edge, other.edge, other, coarser);
    anomalous = plus(anomalous, other.anomalous, other, coarser);
    weight = plus(weight, other.weight, other, coarser);
    imageWeight = plus(imageWeight, other.imageWeight, other, coarser);
    saturated = plus(saturated, other.saturated, other, coarser);
  }

  /** Returns one histogram's normal counts, with another's normal counts as anomalous. */
  static ScoreHistogram ofBoth(ScoreHistogram normal, ScoreHistogram anomalous) {
    ScoreHistogram turned = anomalous.empty();
    turned.anomalous = anomalous.normal;
    return both(normal, turned);
  }

  /** Returns one histogram's normal counts, with another's weights by image and nothing else. */
  static ScoreHistogram ofImages(ScoreHistogram normal, ScoreHistogram anomalous) {
    ScoreHistogram weights = anomalous.empty();
    weights.imageWeight = anomalous.imageWeight;
    return both(normal, weights);
  }

  /** Returns a histogram of the same range without counts. */
  private ScoreHistogram empty() {
    ScoreHistogram empty = new ScoreHistogram();
    empty.shift = shift;
    empty.lowKey = lowKey;
    empty.highKey = highKey;
    return empty;
  }

  private static ScoreHistogram both(ScoreHistogram normal, ScoreHistogram turned) {
    ScoreHistogram both = new ScoreHistogram();
    both.merge(normal);
    both.merge(turned);
    return both;
  }

  private static long[] plus(long[] sum, long[] counts, ScoreHistogram from, int coarser) {
    if (counts == null) {
      return sum;
    }
    long[] result = allocated(sum);
    int last = from.highKey >> from.shift;
    for (int bin = from.lowKey >> from.shift; bin <= last; bin++) {
      int to = (bin >> coarser) & RING;
      result[to] = Math.addExact(result[to], counts[bin & RING]);
    }
    return result;
  }

  private void makeRoom(float[] scores) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    int largest = 0;
    for (float score : scores) {
      int key = ScoreKey.of(score);
      low = Math.min(low, key);
      high = Math.max(high, key);
      largest = Math.max(largest, Float.floatToRawIntBits(score) & Integer.MAX_VALUE);
    }
    if (largest >= ScoreKey.INFINITE_BITS) {
      throw new IllegalArgumentException(
          "scores must be finite, got NaN or infinity: did the restoration diverge?");
    }
    if (scores.length > 0) {
      makeRoom(low, high);
    }
  }

  private void makeRoom(int low, int high) {
    boolean first = isEmpty();
    int newLow = Math.min(lowKey, low);
    int newHigh = Math.max(highKey, high);
    int newShift = shift;
    while ((long) (newHigh >> newShift) - (newLow >> newShift) >= BINS) {
      newShift++;
    }
    if (!first && newShift > shift) {
      normal = coarser(normal, newShift);
      edge = coarser(edge, newShift);
      anomalous = coarser(anomalous, newShift);
      weight = coarser(weight, newShift);
      imageWeight = coarser(imageWeight, newShift);
      saturated = coarser(saturated, newShift);
    }
    shift = newShift;
    lowKey = newLow;
    highKey = newHigh;
  }

  private long[] coarser(long[] counts, int newShift) {
    return counts == null ? null : plus(null, counts, this, newShift - shift);
  }

  boolean isEmpty() {
    return lowKey > highKey;
  }

  /** Returns the number of bins in use, from {@link #firstBin} on. */
  int binCount() {
    return isEmpty() ? 0 : (highKey >> shift) - (lowKey >> shift) + 1;
  }

  int firstBin() {
    return lowKey >> shift;
  }

  /** Returns the number of scores counted as normal. */
  public long count() {
    long sum = 0;
    for (int i = 0; i < binCount(); i++) {
      sum += normal(firstBin() + i);
    }
    return sum;
  }

  /**
   * Returns the numbers of scores counted as normal in steps of equal width.
   *
   * @param low start of the first step, which counts lower scores too
   * @param high end of the last step, which counts higher scores too
   */
  public long[] counts(float low, float high, int steps) {
    long[] counts = new long[steps];
    for (int i = 0; i < binCount(); i++) {
      int bin = firstBin() + i;
      double fraction = (lowest(bin) - (double) low) / ((double) high - low);
      int step = (int) Math.max(0, Math.min(steps - 1.0, Math.floor(fraction * steps)));
      counts[step] += normal(bin);
    }
    return counts;
  }

  /** Returns the largest score, 0 if there is none. */
  public float max() {
    return isEmpty() ? 0 : highest(firstBin() + binCount() - 1);
  }

  /** Returns a compact form; equal scores give equal bytes, however they were divided. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the bytes of {@link #toBytes}.
   *
   * @throws IllegalArgumentException if the bytes are something else
   */
  public static ScoreHistogram fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a histogram of scores: " + e.getMessage(), e);
    }
  }

  /** Returns whether no bin can hold two different scores, except tiny ones that share a key. */
  boolean isExact() {
    return shift == 0;
  }

  long normal(int bin) {
    return normal == null ? 0 : normal[bin & RING];
  }

  long edge(int bin) {
    return edge == null ? 0 : edge[bin & RING];
  }

  long anomalous(int bin) {
    return anomalous == null ? 0 : anomalous[bin & RING];
  }

  long weight(int bin) {
    return weight == null ? 0 : weight[bin & RING];
  }

  long imageWeight(int bin) {
    return imageWeight == null ? 0 : imageWeight[bin & RING];
  }

  long saturated(int bin) {
    return saturated == null ? 0 : saturated[bin & RING];
  }

  /** Returns the smallest score that a bin can hold. */
  float lowest(int bin) {
    return ScoreKey.score(Math.max(lowKey, bin << shift));
  }

  /** Returns the largest score that a bin can hold. */
  float highest(int bin) {
    int key = Math.min(highKey, (bin << shift) + (1 << shift) - 1);
    return key == 0 ? ScoreKey.MAX_SCORE_OF_KEY_ZERO : ScoreKey.score(key);
  }

  /** Writes the bins that are not empty. */
  void write(DataOutput out) throws IOException {
    out.writeByte(isEmpty() ? -1 : shift);
    if (isEmpty()) {
      return;
    }
    out.writeInt(lowKey);
    out.writeInt(highKey);
    int gap = 0;
    for (int i = 0; i < binCount(); i++, gap++) {
      int bin = firstBin() + i;
      long[] counts = {
        normal(bin), edge(bin), anomalous(bin), weight(bin), imageWeight(bin), saturated(bin)
      };
      int present = 0;
      for (int k = 0; k < counts.length; k++) {
        present |= counts[k] == 0 ? 0 : 1 << k;
      }
      if (present != 0) {
        Varint.write(out, gap);
        out.writeByte(present);
        for (long count : counts) {
          if (count != 0) {
            Varint.write(out, count);
          }
        }
        gap = -1;
      }
    }
    Varint.write(out, gap);
    out.writeByte(0);
  }

  static ScoreHistogram read(DataInput in) throws IOException {
    ScoreHistogram histogram = new ScoreHistogram();
    int shift = in.readByte();
    if (shift < 0) {
      return histogram;
    }
    int low = in.readInt();
    int high = in.readInt();
    if (low > high) {
      throw new IOException("a histogram's range is upside down");
    }
    histogram.makeRoom(low, high);
    if (histogram.shift != shift) {
      throw new IOException(
          "a histogram says bins of 2^%d keys where its range takes 2^%d"
              .formatted(shift, histogram.shift));
    }
    long bin = histogram.firstBin();
    while (true) {
      bin += Varint.read(in);
      int present = in.readByte();
      if (present == 0) {
        return histogram;
      }
      if (bin > histogram.highKey >> shift) {
        throw new IOException("a histogram's bin lies beyond its range");
      }
      int at = (int) bin & RING;
      histogram.normal = readInto(histogram.normal, in, at, present & 1);
      histogram.edge = readInto(histogram.edge, in, at, present & 2);
      histogram.anomalous = readInto(histogram.anomalous, in, at, present & 4);
      histogram.weight = readInto(histogram.weight, in, at, present & 8);
      histogram.imageWeight = readInto(histogram.imageWeight, in, at, present & 16);
      histogram.saturated = readInto(histogram.saturated, in, at, present & 32);
      bin++;
    }
  }

  private static long[] readInto(long[] counts, DataInput in, int at, int present)
      throws IOException {
    if (present == 0) {
      return counts;
    }
    long[] result = allocated(counts);
    result[at] = Varint.read(in);
    return result;
  }
}
