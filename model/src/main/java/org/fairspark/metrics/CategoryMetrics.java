package org.fairspark.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The accumulator of one category's metrics (paper section 4.2): image AUROC, pixel AUROC, AUPRO
 * and F1, in memory that does not grow with the number of images. Parts that were counted apart are
 * merged by addition: the result does not depend on how the images were divided, to the last bit.
 *
 * <p>Deviations from the reference code:
 *
 * <ol>
 *   <li>Pixel scores are counted in 2^16 bins; areas carry a bound on what this costs, and are
 *       exact where no two scores share a bin.
 *   <li>AUPRO starts at (0, 0) and has a point per bin. That code takes 5000 positions of the
 *       sorted scores, and false-positive rates from the positions, which is wrong where scores
 *       tie.
 *   <li>{@link MaskConvention} chooses which gray pixels of a resized mask are anomalous.
 * </ol>
 *
 * <p>Serialises to the bins that are not empty, some 300 KB per type of defect. Not thread-safe.
 */
public final class CategoryMetrics implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 2;

  /** The name of anomalies that have none. */
  private static final String UNNAMED = "anomaly";

  private final MaskConvention masks;
  private final double fprLimit;
  private transient Tally normal = new Tally();
  private transient SortedMap<String, Tally> defects = new TreeMap<>();
  private transient BigDecimal normalError = BigDecimal.ZERO;

  /** Normal images that {@code normalError} is of. */
  private transient long restorations;

  /**
   * Creates an accumulator of no image.
   *
   * @param masks the pixels of a resized mask that are anomalous
   * @param fprLimit the false-positive rate up to which AUPRO integrates, in (0,1]; the paper's is
   *     0.3
   * @throws IllegalArgumentException if the limit is out of range
   */
  public CategoryMetrics(MaskConvention masks, double fprLimit) {
    if (masks == null) {
      throw new IllegalArgumentException("a mask convention is needed");
    }
    if (!(fprLimit > 0 && fprLimit <= 1)) {
      throw new IllegalArgumentException(
          "the false-positive rate limit must be in (0,1], got " + fprLimit);
    }
    this.masks = masks;
    this.fprLimit = fprLimit;
  }

  /**
   * Counts a normal image.
   *
   * @param map the anomaly map's values, finite, in any order; not kept
   * @param imageScore the image's score, finite
   * @throws IllegalArgumentException if a number is not finite; nothing is counted then
   */
  public void addNormal(float[] map, float imageScore) {
    requireFinite("image score", imageScore);
    normal.addNormal(map, imageScore);
  }

  /**
   * Counts a normal image of a method that restores.
   *
   * @param map the anomaly map's values, finite, in any order; not kept
   * @param imageScore the image's score, finite
   * @param restorationMse mean squared error of the restoration, in [0,1] units
   * @throws IllegalArgumentException if a number is not finite; nothing is counted then
   */
  public void addNormal(float[] map, float imageScore, double restorationMse) {
    requireFinite("restoration error", restorationMse);
    addNormal(map, imageScore);
    restorations++;
    normalError = normalError.add(new BigDecimal(restorationMse));
  }

  /**
   * Counts an anomalous image.
   *
   * @param defect the type of defect; null or empty where it is not known
   * @param imageScore the image's score, finite
   * @param map the anomaly map, {@code float[H][W]}, finite; not kept
   * @param mask {@code uint8[H][W]}; null where the image has none
   * @param width W
   * @throws IllegalArgumentException if sizes do not fit or a number is not finite; nothing is
   *     counted then
   */
  public void addAnomalous(String defect, float imageScore, float[] map, byte[] mask, int width) {
    requireFinite("image score", imageScore);
    if (width < 1 || map.length % width != 0) {
      throw new IllegalArgumentException(
          "a map of width %d cannot have %d values".formatted(width, map.length));
    }
    if (mask != null && mask.length != map.length) {
      throw new IllegalArgumentException(
          "a mask has as many pixels as its map, got %d and %d".formatted(mask.length, map.length));
    }
    String name = defect == null || defect.isEmpty() ? UNNAMED : defect;
    Tally tally = defects.get(name);
    Tally counted = tally == null ? new Tally() : tally;
    counted.addAnomalous(imageScore, map, mask, width, masks);
    // Only now: a refused image leaves no empty type of defect.
    defects.put(name, counted);
  }

  private static void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "the %s must be finite, got %s: did the restoration diverge?".formatted(what, value));
    }
  }

  /**
   * Adds the images of another accumulator of the same category.
   *
   * @return this
   * @throws IllegalArgumentException if the other has another convention or limit
   */
  public CategoryMetrics merge(CategoryMetrics other) {
    if (masks != other.masks || fprLimit != other.fprLimit) {
      throw new IllegalArgumentException(
          "cannot merge metrics by masks %s to a false-positive rate of %s with ones by %s to %s"
              .formatted(masks, fprLimit, other.masks, other.fprLimit));
    }
    normal.merge(other.normal);
    other.defects.forEach(
        (name, tally) -> defects.computeIfAbsent(name, key -> new Tally()).merge(tally));
    normalError = normalError.add(other.normalError);
    restorations += other.restorations;
    return this;
  }

  /** Computes the metrics of the images counted so far. */
  public CategoryResult result() {
    SortedMap<String, DefectResult> byDefect = new TreeMap<>();
    Tally all = new Tally();
    defects.forEach(
        (name, tally) -> {
          all.merge(tally);
          MetricValues values = values(tally, normalPixelsAnd(tally));
          byDefect.put(name, new DefectResult(values, tally.images(), tally.regions()));
        });
    ScoreHistogram pixels = normalPixelsAnd(all);
    MetricValues values = values(all, pixels);
    return new CategoryResult(
        values,
        new ImageCounts(
            normal.images() + all.images(), all.images(), all.withoutMask(), all.regions()),
        f1(all),
        isKnown(values, Metric.PIXEL_AUROC) ? HistogramAreas.roc(pixels) : List.of(),
        isKnown(values, Metric.AUPRO) ? HistogramAreas.pro(pixels) : List.of(),
        byDefect);
  }

  private static boolean isKnown(MetricValues values, Metric metric) {
    return values.get(metric) instanceof Area.Known;
  }

  private ScoreHistogram normalPixelsAnd(Tally anomalous) {
    ScoreHistogram pixels = new ScoreHistogram();
    pixels.merge(normal.pixels());
    pixels.merge(anomalous.pixels());
    return pixels;
  }

  private MetricValues values(Tally anomalous, ScoreHistogram pixels) {
    HistogramAreas.Totals totals = HistogramAreas.Totals.of(pixels);
    return MetricValues.of(
        metric ->
            switch (metric) {
              case IMAGE_AUROC -> imageAuroc(anomalous);
              case PIXEL_AUROC -> pixelAuroc(pixels, totals, anomalous);
              case AUPRO -> aupro(pixels, totals, anomalous);
              case NORMAL_MSE -> normalMse();
            });
  }

  private Area imageAuroc(Tally anomalous) {
    if (anomalous.images() == 0) {
      return Area.notDefined("there are no anomalous images");
    }
    if (normal.images() == 0) {
      return Area.notDefined("there are no normal images");
    }
    return ImageScores.auroc(normal.scores(), anomalous.scores());
  }

  private F1Threshold f1(Tally anomalous) {
    return normal.scores().isListed() && anomalous.scores().isListed()
        ? F1Threshold.of(normal.scores().sorted(), anomalous.scores().sorted())
        : F1Threshold.none("there are more images than are kept one by one");
  }

  private Area pixelAuroc(ScoreHistogram pixels, HistogramAreas.Totals totals, Tally anomalous) {
    if (totals.anomalous() == 0) {
      return Area.notDefined(whyNoPixels(anomalous));
    }
    if (totals.normal() + totals.edge() == 0) {
      return Area.notDefined("there are no normal pixels");
    }
    return HistogramAreas.auroc(pixels);
  }

  private Area aupro(ScoreHistogram pixels, HistogramAreas.Totals totals, Tally anomalous) {
    if (anomalous.regions() == 0) {
      return Area.notDefined(whyNoPixels(anomalous));
    }
    if (totals.normal() == 0) {
      return Area.notDefined("there are no normal pixels");
    }
    return HistogramAreas.aupro(pixels, fprLimit, anomalous.largestRegion());
  }

  private String whyNoPixels(Tally anomalous) {
    if (anomalous.images() == 0) {
      return "there are no anomalous images";
    }
    if (anomalous.withoutMask() == anomalous.images()) {
      return "no anomalous image has a mask";
    }
    return "no mask has an anomalous pixel (masks = %s)".formatted(masks);
  }

  private Area normalMse() {
    if (normal.images() == 0) {
      return Area.notDefined("there are no normal images");
    }
    if (restorations == 0) {
      return Area.notDefined("the method restores no images");
    }
    return Area.exact(normalError.doubleValue() / restorations);
  }

  /** Returns a compact form; equal images give equal bytes, however they were divided. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(masks.name());
      out.writeDouble(fprLimit);
      out.writeUTF(normalError.stripTrailingZeros().toString());
      Varint.write(out, restorations);
      normal.write(out);
      Varint.write(out, defects.size());
      for (var defect : defects.entrySet()) {
        out.writeUTF(defect.getKey());
        defect.getValue().write(out);
      }
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
  public static CategoryMetrics fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IOException("format %d where %d is known".formatted(format, FORMAT));
      }
      CategoryMetrics metrics =
          new CategoryMetrics(MaskConvention.valueOf(in.readUTF()), in.readDouble());
      metrics.normalError = new BigDecimal(in.readUTF());
      metrics.restorations = Varint.read(in);
      metrics.normal = Tally.read(in);
      for (long left = Varint.read(in); left > 0; left--) {
        metrics.defects.put(in.readUTF(), Tally.read(in));
      }
      return metrics;
    } catch (IOException e) {
      throw new IllegalArgumentException("not counted metrics: " + e.getMessage(), e);
    }
  }

  private Object writeReplace() {
    return new Packed(toBytes());
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("metrics are read from their compact form");
  }

  /** The serialised form. */
  private static final class Packed implements Serializable {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;

    Packed(byte[] bytes) {
      this.bytes = bytes;
    }

    private Object readResolve() {
      return fromBytes(bytes);
    }
  }
}
