package org.fairspark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fairspark.random.SeededRandom;

/**
 * The plan of a trial of all score statistics on held-out normal images. Three times the images are
 * divided into halves at random, and each half is judged by what is normal in the other: on images
 * that they were fitted on, statistics by position always look better than they are.
 *
 * <p>A trial goes in two passes over the images' maps, each of which may be spread over machines:
 * {@link #sums} adds up what is normal, {@link #scores} judges.
 *
 * @param halves by image, for each division the half that it belongs to
 */
public record ScoreTrial(Map<String, boolean[]> halves) implements Serializable {
  /** The least number of images of a trial: halves of less tell nothing about positions. */
  public static final int MIN_IMAGES = 6;

  /** The largest number of images of a trial: more make it longer and hardly surer. */
  public static final int MAX_IMAGES = 64;

  static final int DIVISIONS = 3;

  /**
   * Plans a trial.
   *
   * @param seed of the run
   * @param held ids of all held-out images of the category, in any order
   * @return a trial of at most {@value #MAX_IMAGES} of them
   */
  public static ScoreTrial of(long seed, String category, Collection<String> held) {
    List<String> ids = drawn(seed, "score/images/" + category, List.copyOf(new TreeSet<>(held)));
    ids = List.copyOf(new TreeSet<>(ids.subList(0, Math.min(MAX_IMAGES, ids.size()))));
    Map<String, boolean[]> halves = new HashMap<>();
    ids.forEach(id -> halves.put(id, new boolean[DIVISIONS]));
    for (int d = 0; d < DIVISIONS; d++) {
      List<String> order = drawn(seed, "score/halves/" + category + "/" + d, ids);
      for (String id : order.subList(0, order.size() / 2)) {
        halves.get(id)[d] = true;
      }
    }
    return new ScoreTrial(halves);
  }

  private static List<String> drawn(long seed, String key, List<String> ids) {
    int[] order = new int[ids.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    SeededRandom.of(seed, key, 0).shuffle(order);
    List<String> drawn = new ArrayList<>();
    for (int i : order) {
      drawn.add(ids.get(i));
    }
    return drawn;
  }

  /** Returns whether an image takes part. */
  public boolean contains(String id) {
    return halves.containsKey(id);
  }

  /** Returns the number of images. */
  public int images() {
    return halves.size();
  }

  /** Returns empty sums for maps of one size. */
  public Sums sums(int height, int width) {
    List<MapSums> byHalf = new ArrayList<>();
    for (int half = 0; half < 2 * DIVISIONS; half++) {
      byHalf.add(new MapSums(height, width));
    }
    return new Sums(this, byHalf);
  }

  /**
   * The sums over the normal images' maps of every half.
   *
   * @param trial that they belong to
   * @param byHalf both halves of the first division, then of the second, ...
   */
  public record Sums(ScoreTrial trial, List<MapSums> byHalf) implements Serializable {

    /** Adds an image to the halves that it belongs to; returns these sums. */
    public Sums add(TrialMaps maps) {
      for (int d = 0; d < DIVISIONS; d++) {
        maps.addTo(byHalf.get(2 * d + trial.half(maps.id(), d)));
      }
      return this;
    }

    /** Adds the sums of other images; returns these sums. */
    public Sums merge(Sums other) {
      for (int half = 0; half < byHalf.size(); half++) {
        byHalf.get(half).merge(other.byHalf.get(half));
      }
      return this;
    }

    /** Returns the sums over all images. */
    public MapSums all() {
      return byHalf.get(0).copy().merge(byHalf.get(1));
    }

    /** Returns what is normal at each position, by half. */
    public List<NormalMaps> normals() {
      return new ArrayList<>(byHalf.stream().map(MapSums::normals).toList());
    }
  }

  /**
   * Scores an image's maps by every statistic.
   *
   * @param normals of all halves, see {@link Sums#normals}
   */
  public TrialScores scores(TrialMaps maps, List<NormalMaps> normals) {
    float[][][] changed = new float[DIVISIONS][][];
    float[][][] defective = new float[DIVISIONS][][];
    float[][][] changedParts = new float[DIVISIONS][][];
    float[][][] defectiveParts = new float[DIVISIONS][][];
    int[] judgedBy = new int[DIVISIONS];
    for (int d = 0; d < DIVISIONS; d++) {
      judgedBy[d] = 2 * d + 1 - half(maps.id(), d);
      NormalMaps normal = normals.get(judgedBy[d]);
      changed[d] = scores(maps.changed(), normal, d == 0 ? null : changed[0]);
      defective[d] = scores(maps.defective(), normal, d == 0 ? null : defective[0]);
      changedParts[d] = parts(maps.changed(), normal);
      defectiveParts[d] = parts(maps.defective(), normal);
    }
    return new TrialScores(maps.id(), judgedBy, changed, defective, changedParts, defectiveParts);
  }

  /**
   * Counts an image's pixels by their scores, by every statistic.
   *
   * @param normals of all halves, see {@link Sums#normals}
   */
  public TrialPixels pixels(TrialMaps maps, List<NormalMaps> normals) {
    PixelStatistic[] statistics = PixelStatistic.values();
    int[] judgedBy = new int[DIVISIONS];
    int[][][] normal = new int[DIVISIONS][statistics.length][];
    int[][][][] defects = new int[DIVISIONS][statistics.length][][];
    for (int d = 0; d < DIVISIONS; d++) {
      judgedBy[d] = 2 * d + 1 - half(maps.id(), d);
      for (PixelStatistic statistic : statistics) {
        int s = statistic.ordinal();
        if (d > 0 && !statistic.byPosition()) {
          normal[d][s] = normal[0][s];
          defects[d][s] = defects[0][s];
          continue;
        }
        int[][] counts = TrialPixels.count(maps, statistic, normals.get(judgedBy[d]).map());
        normal[d][s] = counts[0];
        defects[d][s] = Arrays.copyOfRange(counts, 1, counts.length);
      }
    }
    return new TrialPixels(maps.id(), judgedBy, normal, defects);
  }

  /** Returns {@code float[statistic][map]}; what knows no positions is taken from the first. */
  private static float[][] scores(List<AnomalyMaps> maps, NormalMaps normal, float[][] first) {
    ScoreStatistic[] statistics = ScoreStatistic.values();
    float[][] scores = new float[statistics.length][];
    for (ScoreStatistic statistic : statistics) {
      int s = statistic.ordinal();
      if (first != null && !statistic.byPosition()) {
        scores[s] = first[s];
        continue;
      }
      scores[s] = new float[maps.size()];
      for (int i = 0; statistic != ScoreStatistic.MIXTURE && i < scores[s].length; i++) {
        scores[s][i] = statistic.of(maps.get(i), normal);
      }
    }
    return scores;
  }

  /** Returns {@code float[part][map]}. */
  private static float[][] parts(List<AnomalyMaps> maps, NormalMaps normal) {
    float[][] parts = new float[normal.profiles().size()][maps.size()];
    for (int i = 0; i < maps.size(); i++) {
      float[] own = Mixture.parts(maps.get(i), normal);
      for (int part = 0; part < own.length; part++) {
        parts[part][i] = own[part];
      }
    }
    return parts;
  }

  /**
   * Returns the scorer of an image of the trial as if it were a new one, fitted on all other
   * images: thresholds must not be set by images that the scores know.
   *
   * @param scorer fitted on all images
   * @param all sums over all images of the trial
   */
  public static Scorer withoutOwn(TrialMaps maps, Scorer scorer, MapSums all) {
    if (scorer.normals() == null) {
      return scorer;
    }
    MapSums others = all.copy();
    maps.removeFrom(others);
    return Scorer.of(
        scorer.statistic(),
        scorer.pixels(),
        new NormalMaps(others.normals().profiles(), scorer.normals().mixture()));
  }

  private int half(String id, int division) {
    return halves.get(id)[division] ? 1 : 0;
  }
}
