package org.fairspark.detect;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fairspark.anomaly.Peak;
import org.fairspark.image.FloatImage;
import org.fairspark.inspection.Inspection;
import org.fairspark.metrics.Regions;

/**
 * The suspicious places of an image, in pixels of the image before it was resized.
 *
 * @param score the map's maximum
 * @param peakX column of the maximum, from the left, 0-based
 * @param peakY row of the maximum, from the top, 0-based
 * @param area pixels above the pixel threshold; -1 without a threshold
 * @param regionCount how many 8-connected regions these form
 * @param regions the ones with the highest peaks, at most {@value #MAX_REGIONS}, highest first
 */
public record Localization(
    float score, int peakX, int peakY, long area, int regionCount, List<Region> regions) {
  /** A map of noise has thousands of regions, and no one looks at more than a few. */
  static final int MAX_REGIONS = 20;

  /**
   * One region.
   *
   * @param x leftmost column
   * @param y topmost row
   * @param width columns of the bounding box
   * @param height rows of the bounding box
   * @param area pixels above the threshold
   * @param peak the map's maximum in it
   */
  public record Region(int x, int y, int width, int height, long area, float peak)
      implements Serializable {}

  /**
   * Looks at a map without a threshold: only for its peak.
   *
   * @param map {@code float[1][h][w]}
   * @param height rows of the image
   * @param width columns of the image
   */
  public static Localization of(FloatImage map, int height, int width) {
    Peak peak = Peak.of(map);
    return new Localization(
        peak.value(),
        centre(peak.column(), width, map.width()),
        centre(peak.row(), height, map.height()),
        -1,
        0,
        List.of());
  }

  /** Looks at a map; see {@link #of(FloatImage, int, int)}. Pixels above the threshold count. */
  public static Localization of(FloatImage map, float pixelThreshold, int height, int width) {
    return of(map, pixelThreshold, Inspection.WHOLE, height, width);
  }

  /**
   * Looks at a map; see {@link #of(FloatImage, int, int)}. Pixels that the inspection counts at the
   * threshold do.
   */
  public static Localization of(
      FloatImage map, float pixelThreshold, Inspection inspection, int height, int width) {
    Localization peak = of(map, height, width);
    float[] values = map.values();
    boolean[] called = inspection.above(values, map.width(), pixelThreshold);
    byte[] above = new byte[values.length];
    for (int p = 0; p < values.length; p++) {
      above[p] = (byte) (called[p] ? 1 : 0);
    }
    Regions found = Regions.label(above, map.height(), map.width());
    float[] peaks = new float[found.count() + 1];
    long pixels = 0;
    for (int p = 0; p < values.length; p++) {
      int region = found.labels()[p];
      if (region != 0) {
        pixels++;
        peaks[region] = Math.max(peaks[region], values[p]);
      }
    }
    double scale = (double) height * width / values.length;
    Regions.Box[] boxes = found.boxes();
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < boxes.length; i++) {
      int x = edge(boxes[i].column(), width, map.width());
      int y = edge(boxes[i].row(), height, map.height());
      regions.add(
          new Region(
              x,
              y,
              far(boxes[i].column() + boxes[i].width(), width, map.width()) - x,
              far(boxes[i].row() + boxes[i].height(), height, map.height()) - y,
              Math.round(found.area(i + 1) * scale),
              peaks[i + 1]));
    }
    regions.sort(
        Comparator.comparingDouble((Region r) -> -r.peak())
            .thenComparingInt(Region::y)
            .thenComparingInt(Region::x));
    return new Localization(
        peak.score,
        peak.peakX,
        peak.peakY,
        Math.round(pixels * scale),
        found.count(),
        List.copyOf(regions.subList(0, Math.min(MAX_REGIONS, regions.size()))));
  }

  private static int centre(int at, int whole, int mapped) {
    return (int) ((at + 0.5) * whole / mapped);
  }

  private static int edge(int at, int whole, int mapped) {
    return (int) ((long) at * whole / mapped);
  }

  /** Returns the first pixel beyond. */
  private static int far(int end, int whole, int mapped) {
    return (int) (((long) end * whole + mapped - 1) / mapped);
  }
}
