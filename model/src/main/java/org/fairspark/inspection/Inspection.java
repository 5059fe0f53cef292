package org.fairspark.inspection;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.image.FloatImage;
import org.fairspark.metrics.Hysteresis;

/**
 * The part of an image that is inspected, and what counts in it.
 *
 * @param inspected areas that are inspected; none for the whole image
 * @param ignored areas that are not, also within those
 * @param border share of the shorter side along every edge that is not inspected, in [0, 0.5)
 * @param smallestArea least pixels of a map's region: smaller ones count nowhere; 1 for any
 * @param hysteresis share of the pixel threshold above which pixels belong to a region that
 *     somewhere exceeds the threshold, in (0, 1]; 1 for those alone that exceed it themselves
 * @param views areas of images of some views, in place of the areas above; see {@link #of}
 */
public record Inspection(
    List<Region> inspected,
    List<Region> ignored,
    double border,
    int smallestArea,
    double hysteresis,
    SortedMap<String, Areas> views)
    implements Serializable {
  /**
   * The areas of images of one view.
   *
   * @param inspected areas that are inspected; none for the whole image
   * @param ignored areas that are not, also within those
   */
  public record Areas(List<Region> inspected, List<Region> ignored) implements Serializable {
    public Areas {
      inspected = List.copyOf(inspected);
      ignored = List.copyOf(ignored);
    }

    boolean hasOutside() {
      return !inspected.isEmpty() || !ignored.isEmpty();
    }
  }

  /**
   * The value of a map's pixels that are not inspected: minus zero, which is 0 wherever values are
   * added, compared or shown, and which statistics of a map can tell from a 0 that was measured.
   */
  public static final float OUTSIDE = -0f;

  /** The inspection of the whole image, where everything counts. */
  public static final Inspection WHOLE = new Inspection(List.of(), List.of(), 0, 1, 1);

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Inspection {
    inspected = List.copyOf(inspected);
    ignored = List.copyOf(ignored);
    views = Collections.unmodifiableSortedMap(new TreeMap<>(views));
    if (!(border >= 0 && border < 0.5)
        || smallestArea < 1
        || !(hysteresis > 0 && hysteresis <= 1)) {
      throw new IllegalArgumentException(
          "border in [0,0.5), smallest area from 1 and hysteresis in (0,1], got %s, %d and %s"
              .formatted(border, smallestArea, hysteresis));
    }
  }

  /** Makes an inspection that is the same for all views. */
  public Inspection(
      List<Region> inspected,
      List<Region> ignored,
      double border,
      int smallestArea,
      double hysteresis) {
    this(inspected, ignored, border, smallestArea, hysteresis, new TreeMap<>());
  }

  /**
   * Returns the inspection of images of one view.
   *
   * @param view empty where it is not known
   */
  public Inspection of(String view) {
    if (views.isEmpty()) {
      return this;
    }
    Areas areas = views.getOrDefault(view, new Areas(inspected, ignored));
    return new Inspection(areas.inspected(), areas.ignored(), border, smallestArea, hysteresis);
  }

  /** Returns whether maps stay as they are. */
  public boolean isWhole() {
    return !hasOutside() && smallestArea == 1;
  }

  /** Returns whether some of an image may not be inspected. */
  public boolean hasOutside() {
    return !inspected.isEmpty()
        || !ignored.isEmpty()
        || border > 0
        || views.values().stream().anyMatch(Areas::hasOutside);
  }

  /**
   * Returns the pixels that are inspected: those whose centres are.
   *
   * @return {@code boolean[height][width]}; null for all
   */
  public boolean[] inside(int height, int width) {
    if (!hasOutside()) {
      return null;
    }
    boolean[] inside = new boolean[height * width];
    double margin = border * Math.min(height, width);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double x = (column + 0.5) / width;
        double y = (row + 0.5) / height;
        double edge =
            Math.min(
                Math.min(row, height - 1 - row) + 0.5, Math.min(column, width - 1 - column) + 0.5);
        inside[row * width + column] =
            edge >= margin
                && (inspected.isEmpty() || inspected.stream().anyMatch(a -> a.contains(x, y)))
                && ignored.stream().noneMatch(a -> a.contains(x, y));
      }
    }
    return inside;
  }

  /**
   * Returns a map with {@link #OUTSIDE} outside, and without regions that are too small at any
   * level.
   *
   * @param map {@code float[1][H][W]}, 0 or more; not changed
   */
  public FloatImage apply(FloatImage map) {
    if (isWhole()) {
      return map;
    }
    float[] values = map.values().clone();
    boolean[] inside = inside(map.height(), map.width());
    leaveOut(inside, values, 0);
    if (smallestArea > 1) {
      AreaOpening.open(values, map.width(), smallestArea);
    }
    leaveOut(inside, values, OUTSIDE);
    return new FloatImage(1, map.height(), map.width(), values);
  }

  private static void leaveOut(boolean[] inside, float[] values, float outside) {
    if (inside == null) {
      return;
    }
    for (int p = 0; p < values.length; p++) {
      values[p] = inside[p] ? values[p] : outside;
    }
  }

  /** Returns whether a value of a map says that its pixel is not inspected. */
  public static boolean isOutside(float value) {
    return value == 0 && Float.floatToRawIntBits(value) != 0;
  }

  /** Returns the values of a map that are inspected. */
  public float[] values(FloatImage map) {
    boolean[] inside = inside(map.height(), map.width());
    return inside == null ? map.values() : inside(map.values(), inside);
  }

  private static float[] inside(float[] values, boolean[] inside) {
    float[] kept = new float[values.length];
    int count = 0;
    for (int p = 0; p < values.length; p++) {
      if (inside[p]) {
        kept[count++] = values[p];
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /**
   * Returns the regions that a threshold finds: pixels above its share {@link #hysteresis}, in
   * 8-connected regions of which one pixel at least exceeds the threshold itself.
   *
   * @param values {@code float[H][W]} of a map that {@link #apply} made
   * @return {@code boolean[H][W]}
   */
  public boolean[] above(float[] values, int width, float threshold) {
    return Hysteresis.above(values, width, threshold, (float) (threshold * hysteresis));
  }
}
