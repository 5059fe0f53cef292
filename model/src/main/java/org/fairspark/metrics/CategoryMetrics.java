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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The accumulator of one category's metrics (paper section 4.2): image AUROC, pixel AUROC, AUPRO
 * and the others of {@link Metric}, also by type of defect, condition and view, and decisions at
 * given thresholds, in memory that does not grow with the number of images. Parts that were counted
 * apart are merged by addition: the result does not depend on how the images were divided, to the
 * last bit.
 *
 * <p>Deviations from the reference code:
 *
 * <ol>
 *   <li>Pixel scores are counted in 2^16 bins; areas carry a bound on what this costs, and are
 *       exact where no two scores share a bin.
 *   <li>AUPRO starts at (0, 0) and has a point per bin. That code takes 5000 positions of the
 *       sorted scores, and false-positive rates from the positions, which is wrong where scores
 *       tie.
 *   <li>{@link MaskConvention} chooses which gray pixels of a resized mask are anomalous for pixel
 *       AUROC and AUPRO. All other metrics of pixels take those above one half, two of them on
 *       masks at the size of their files.
 * </ol>
 *
 * <p>Serialises to the bins that are not empty, some 600 KB per type of defect. Not thread-safe.
 */
public final class CategoryMetrics implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int FORMAT = 4;

  /** The name of anomalies that have none. */
  private static final String UNNAMED = "anomaly";

  private final MaskConvention masks;
  private final double fprLimit;

  /** Null where decisions are not counted. */
  private final DecisionLevels levels;

  private transient Tally normal = new Tally();
  private transient SortedMap<String, Tally> defects = new TreeMap<>();
  private transient GroupScores groups = new GroupScores();
  private transient SliceTallies conditions = new SliceTallies();
  private transient SliceTallies views = new SliceTallies();

  /**
   * Creates an accumulator of no image.
   *
   * @param masks the pixels of a resized mask that are anomalous
   * @param fprLimit the false-positive rate up to which AUPRO integrates, in (0,1]; the paper's is
   *     0.3
   * @throws IllegalArgumentException if the limit is out of range
   */
  public CategoryMetrics(MaskConvention masks, double fprLimit) {
    this(masks, fprLimit, null);
  }

  /**
   * Creates an accumulator of no image.
   *
   * @param masks as above
   * @param fprLimit as above
   * @param levels to decide by; null to count no decisions
   * @throws IllegalArgumentException if the limit is out of range
   */
  public CategoryMetrics(MaskConvention masks, double fprLimit, DecisionLevels levels) {
    if (masks == null) {
      throw new IllegalArgumentException("a mask convention is needed");
    }
    if (!(fprLimit > 0 && fprLimit <= 1)) {
      throw new IllegalArgumentException(
          "the false-positive rate limit must be in (0,1], got " + fprLimit);
    }
    this.masks = masks;
    this.fprLimit = fprLimit;
    this.levels = levels;
  }

  /**
   * Counts a normal image.
   *
   * @param map the anomaly map's values, finite, in any order; not kept
   * @param imageScore the image's score, finite
   * @throws IllegalArgumentException if a number is not finite; nothing is counted then
   */
  public void addNormal(float[] map, float imageScore) {
    addNormal(row(map), imageScore, OptionalDouble.empty(), ImageMetadata.NONE);
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
    addNormal(row(map), imageScore, OptionalDouble.of(restorationMse), ImageMetadata.NONE);
  }

  /** Returns values in any order as a map: their places matter to decisions by two levels only. */
  private static InspectedMap row(float[] map) {
    return InspectedMap.whole(map, Math.max(1, map.length));
  }

  /**
   * Counts a normal image of which more is known.
   *
   * @param map the anomaly map, finite; not kept
   * @param imageScore the image's score, finite
   * @param restorationMse mean squared error of the restoration, in [0,1] units; empty if the
   *     method does not restore
   * @param metadata by which the metrics are computed again
   * @throws IllegalArgumentException if a number is not finite; nothing is counted then
   */
  public void addNormal(
      InspectedMap map, float imageScore, OptionalDouble restorationMse, ImageMetadata metadata) {
    requireFinite("image score", imageScore);
    restorationMse.ifPresent(error -> requireFinite("restoration error", error));
    addNormal(normal, map, imageScore, restorationMse, metadata.own());
    groups.add(metadata.group(), imageScore, false, levels);
    if (conditions.counts(metadata.condition())) {
      addNormal(
          conditions.of(metadata.condition()).normal(),
          map,
          imageScore,
          restorationMse,
          metadata.own());
    }
    if (views.counts(metadata.view())) {
      addNormal(
          views.of(metadata.view()).normal(), map, imageScore, restorationMse, metadata.own());
    }
  }

  private void addNormal(
      Tally tally,
      InspectedMap map,
      float imageScore,
      OptionalDouble restorationMse,
      OwnSize ownSize) {
    tally.addNormal(map, imageScore, ownSize, levels);
    restorationMse.ifPresent(tally::addRestoration);
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
    addAnomalous(defect, imageScore, InspectedMap.whole(map, width), mask, ImageMetadata.NONE);
  }

  /**
   * Counts an anomalous image of which more is known.
   *
   * @param defect the type of defect; null or empty where it is not known
   * @param imageScore the image's score, finite
   * @param map the anomaly map, finite; not kept
   * @param mask {@code uint8[H][W]}; null where the image has none
   * @param metadata by which the metrics are computed again
   * @throws IllegalArgumentException if sizes do not fit or a number is not finite; nothing is
   *     counted then
   */
  public void addAnomalous(
      String defect, float imageScore, InspectedMap map, byte[] mask, ImageMetadata metadata) {
    requireFinite("image score", imageScore);
    int pixels = map.values().length;
    if (mask != null && mask.length != pixels) {
      throw new IllegalArgumentException(
          "a mask has as many pixels as its map, got %d and %d".formatted(mask.length, pixels));
    }
    for (DefectArea area : metadata.defects()) {
      if (area.mask().length != pixels) {
        throw new IllegalArgumentException(
            "a defect has as many pixels as its map, got %d and %d"
                .formatted(area.mask().length, pixels));
      }
    }
    String name = defect == null || defect.isEmpty() ? UNNAMED : defect;
    Tally tally = defects.get(name);
    Tally counted = tally == null ? new Tally() : tally;
    counted.addAnomalous(imageScore, map, mask, masks, metadata, levels);
    // Only now: a refused image leaves no empty type of defect.
    defects.put(name, counted);
    groups.add(metadata.group(), imageScore, true, levels);
    if (conditions.counts(metadata.condition())) {
      Tally slice = conditions.of(metadata.condition()).anomalous();
      slice.addAnomalous(imageScore, map, mask, masks, metadata, levels);
    }
    if (views.counts(metadata.view())) {
      Tally slice = views.of(metadata.view()).anomalous();
      slice.addAnomalous(imageScore, map, mask, masks, metadata, levels);
    }
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
    if (!Objects.equals(levels, other.levels)) {
      throw new IllegalArgumentException(
          "cannot merge decisions by %s with ones by %s".formatted(levels, other.levels));
    }
    normal.merge(other.normal);
    other.defects.forEach(
        (name, tally) -> defects.computeIfAbsent(name, key -> new Tally()).merge(tally));
    groups.merge(other.groups);
    conditions.merge(other.conditions);
    views.merge(other.views);
    return this;
  }

  /** Computes the metrics of the images counted so far. */
  public CategoryResult result() {
    SortedMap<String, DefectResult> byDefect = new TreeMap<>();
    Tally all = new Tally();
    defects.forEach(
        (name, tally) -> {
          all.merge(tally);
          byDefect.put(name, result(tally));
        });
    TallyMetrics metrics = TallyMetrics.of(normal, all, masks, fprLimit);
    return new CategoryResult(
        metrics.values(),
        new ImageCounts(
            normal.images() + all.images(), all.images(), all.withoutMask(), all.regions()),
        metrics.bestOfImages(),
        metrics.roc(),
        metrics.pro(),
        byDefect,
        new DecisionResult(
            metrics.bestOfPixels(),
            atThreshold(all),
            levels == null ? "no thresholds are known" : "",
            groups.result(levels),
            conditions.result(masks, fprLimit, levels),
            views.result(masks, fprLimit, levels),
            Slices.NONE));
  }

  private DefectResult result(Tally tally) {
    TallyMetrics metrics = TallyMetrics.of(normal, tally, masks, fprLimit);
    HistogramAreas.Totals pixels = HistogramAreas.Totals.of(tally.half());
    return new DefectResult(
        metrics.values(),
        tally.images(),
        tally.regions(),
        tally.withoutMask() == tally.images()
            ? Area.notDefined("no anomalous image has a mask")
            : Area.exact(pixels.anomalous() / (pixels.normal() + pixels.anomalous())),
        atThreshold(tally));
  }

  private Optional<AtThreshold> atThreshold(Tally anomalous) {
    return Optional.ofNullable(levels).map(l -> AtThreshold.of(l, normal, anomalous));
  }

  /** Returns a compact form; equal images give equal bytes, however they were divided. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(masks.name());
      out.writeDouble(fprLimit);
      out.writeBoolean(levels != null);
      if (levels != null) {
        out.writeFloat(levels.image());
        out.writeFloat(levels.pixel());
        out.writeFloat(levels.lowPixel());
      }
      normal.write(out);
      Varint.write(out, defects.size());
      for (var defect : defects.entrySet()) {
        out.writeUTF(defect.getKey());
        defect.getValue().write(out);
      }
      groups.write(out);
      conditions.write(out);
      views.write(out);
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
          new CategoryMetrics(
              MaskConvention.valueOf(in.readUTF()),
              in.readDouble(),
              in.readBoolean()
                  ? new DecisionLevels(in.readFloat(), in.readFloat(), in.readFloat())
                  : null);
      metrics.normal = Tally.read(in);
      for (long left = Varint.read(in); left > 0; left--) {
        metrics.defects.put(in.readUTF(), Tally.read(in));
      }
      metrics.groups = GroupScores.read(in);
      metrics.conditions = SliceTallies.read(in);
      metrics.views = SliceTallies.read(in);
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
