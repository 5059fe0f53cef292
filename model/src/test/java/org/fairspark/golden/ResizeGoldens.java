package org.fairspark.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.fairspark.golden.GoldenSet.Npy;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.junit.jupiter.api.DynamicTest;

/** Resizing of images and masks ({@code a_resize}). */
final class ResizeGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return set.groups("a_resize/").stream()
        .map(group -> DynamicTest.dynamicTest(group, () -> check(set, group)));
  }

  private static void check(GoldenSet set, String group) {
    PixelImage in = pixels(set.array(group + "/in"));
    if (set.has(group + "/out")) {
      set.check(group + "/out", Npy.widen(resized(set, in, group + "/out").pixels()), 0, 0);
    }
    if (set.has(group + "/out_u8")) {
      checkMask(set, group, resized(set, in, group + "/out_u8"));
    }
  }

  private static void checkMask(GoldenSet set, String group, PixelImage mask) {
    set.check(group + "/out_u8", Npy.widen(mask.pixels()), 0, 0);
    set.check(group + "/out_float", Npy.widen(mask.toFloat().values()), 0, 0);
    double[] white = new double[mask.pixels().length];
    for (int i = 0; i < white.length; i++) {
      white[i] = mask.pixels()[i] == (byte) 255 ? 1 : 0;
    }
    set.check(group + "/pixel_gt", white, 0, 0);
    assertSameRegions(set, group + "/pro_labels", mask);
  }

  /**
   * Checks the labels of the resized mask's 8-connected regions: the reference labels the same
   * pixels, and every region, found here by filling, has one label that no other has.
   */
  private static void assertSameRegions(GoldenSet set, String name, PixelImage mask) {
    double[] labels = set.array(name).values();
    int height = mask.height();
    int width = mask.width();
    boolean[] seen = new boolean[labels.length];
    Set<Double> used = new HashSet<>();
    for (int start = 0; start < labels.length; start++) {
      assertThat(labels[start] > 0)
          .as("%s: pixel %d is in a region", name, start)
          .isEqualTo(mask.pixels()[start] != 0);
      if (labels[start] == 0 || seen[start]) {
        continue;
      }
      assertThat(used.add(labels[start])).as("%s: label at %d is new", name, start).isTrue();
      Deque<Integer> open = new ArrayDeque<>();
      open.add(start);
      seen[start] = true;
      while (!open.isEmpty()) {
        int p = open.remove();
        assertThat(labels[p]).as("%s: label at %d", name, p).isEqualTo(labels[start]);
        for (int y = Math.max(0, p / width - 1); y <= Math.min(height - 1, p / width + 1); y++) {
          for (int x = Math.max(0, p % width - 1); x <= Math.min(width - 1, p % width + 1); x++) {
            int q = y * width + x;
            if (labels[q] > 0 && !seen[q]) {
              seen[q] = true;
              open.add(q);
            }
          }
        }
      }
    }
    set.markChecked(name);
  }

  private static PixelImage resized(GoldenSet set, PixelImage in, String out) {
    return Resize.bilinear(
        in, set.params(out).get("out_h").asInt(), set.params(out).get("out_w").asInt());
  }

  /** Wraps an array {@code uint8[H][W]} or {@code uint8[H][W][3]}, of any colour order. */
  static PixelImage pixels(Npy array) {
    int[] shape = array.shape();
    return new PixelImage(shape.length == 2 ? 1 : shape[2], shape[0], shape[1], array.bytes());
  }
}
