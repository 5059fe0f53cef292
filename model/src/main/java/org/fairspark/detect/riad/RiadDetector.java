package org.fairspark.detect.riad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.corruption.CellMasks;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.TileDetector;
import org.fairspark.detect.restoration.BatchRestorer;
import org.fairspark.image.FloatImage;
import org.fairspark.random.SeededRandom;

/**
 * A detector that compares images with what a network paints in where it does not see them. For
 * each size of cells, the three sets of cells are made black in turn, and what is painted in is put
 * together to a whole image; the map is the mean over the sizes. As thread-safe as its network.
 *
 * @param restorer of images with black cells
 * @param function from an image and what was painted in to the map
 */
record RiadDetector(BatchRestorer restorer, MapFunction function) implements TileDetector {
  /** A fixed seed: the cells are the same for every image, run and machine. */
  private static final long SEED = 0;

  /**
   * An image beside what was painted in.
   *
   * @param map not smoothed yet, {@code float[1][H][W]}
   * @param made the mean over the sizes of cells, and the network's last input
   */
  private record Inpainted(FloatImage map, Reconstruction made) {}

  @Override
  public int batchSize() {
    return restorer.batchSize();
  }

  /**
   * Paints in and compares.
   *
   * @param images any number of RGB images of one size, a multiple of 16 each way
   * @return one detection per image, in order; its score is the map's maximum
   * @throws IllegalArgumentException if the sizes differ
   */
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> detections = new ArrayList<>(images.size());
    for (Inpainted one : inpaint(images)) {
      FloatImage map = finish(one.map());
      detections.add(
          new Detection(
              map, AnomalyFunction.score(map), one.made().extras(), Optional.of(one.made())));
    }
    return detections;
  }

  @Override
  public List<FloatImage> tileMaps(List<FloatImage> tiles) {
    return inpaint(tiles).stream().map(Inpainted::map).toList();
  }

  @Override
  public FloatImage finish(FloatImage map) {
    return function.smooth(map);
  }

  private List<Inpainted> inpaint(List<FloatImage> images) {
    List<Inpainted> all = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += batchSize()) {
      all.addAll(inpaintBatch(images.subList(from, Math.min(images.size(), from + batchSize()))));
    }
    return all;
  }

  private List<Inpainted> inpaintBatch(List<FloatImage> images) {
    int height = images.get(0).height();
    int width = images.get(0).width();
    List<float[]> maps = planes(images.size(), height * width);
    List<float[]> means = planes(images.size(), 3 * height * width);
    List<Reconstruction> last = List.of();
    for (int side : CellMasks.SIDES) {
      CellMasks masks = CellMasks.draw(side, height, width, SeededRandom.of(SEED, "cells", side));
      List<FloatImage> whole =
          planes(images.size(), 3 * height * width).stream()
              .map(values -> new FloatImage(3, height, width, values))
              .toList();
      for (int set = 0; set < CellMasks.SETS; set++) {
        int black = set;
        last = restorer.restore(images.stream().map(i -> masks.without(i, black)).toList());
        for (int i = 0; i < whole.size(); i++) {
          masks.copy(last.get(i).restored(), set, whole.get(i));
        }
      }
      for (int i = 0; i < whole.size(); i++) {
        add(function.unsmoothedMap(images.get(i), whole.get(i)), maps.get(i));
        add(whole.get(i), means.get(i));
      }
    }
    List<Inpainted> inpainted = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      inpainted.add(
          new Inpainted(
              new FloatImage(1, height, width, maps.get(i)),
              new Reconstruction(
                  images.get(i),
                  last.get(i).input(),
                  new FloatImage(3, height, width, means.get(i)))));
    }
    return inpainted;
  }

  private static List<float[]> planes(int count, int length) {
    List<float[]> planes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      planes.add(new float[length]);
    }
    return planes;
  }

  /** Adds a share of a mean over the sizes of cells. */
  private static void add(FloatImage one, float[] mean) {
    for (int p = 0; p < mean.length; p++) {
      mean[p] += one.values()[p] / CellMasks.SIDES.size();
    }
  }
}
