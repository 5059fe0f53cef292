package org.fairspark.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fairspark.random.SeededRandom;

/** Made-up maps of held-out images, without a network. */
final class TrialFixture {
  static final int SIDE = 16;

  private TrialFixture() {}

  static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj("%03d.png"::formatted).toList();
  }

  /**
   * Maps of an aligned part: an upper half that is always restored badly, and defects elsewhere
   * that are weaker than it.
   */
  static List<TrialMaps> aligned(List<String> ids) {
    return ids.stream().map(id -> maps(id, 0.2, 0.1)).toList();
  }

  /** Maps in which a defect raises the maximum and nothing else matters. */
  static List<TrialMaps> plain(List<String> ids) {
    return ids.stream().map(id -> maps(id, 0, 0.3)).toList();
  }

  private static TrialMaps maps(String id, double upper, double defect) {
    List<AnomalyMaps> changed = new ArrayList<>();
    List<AnomalyMaps> defective = new ArrayList<>();
    List<boolean[]> masks = new ArrayList<>();
    for (int i = 0; i < TrialImages.EACH; i++) {
      changed.add(maps(id, 2 * i + 1, map(id, 2 * i + 1, upper, 0)));
      float[] normal = map(id, 2 * i + 2, upper, 0);
      float[] damaged = map(id, 2 * i + 2, upper, defect);
      defective.add(maps(id, 2 * i + 2, damaged));
      boolean[] mask = new boolean[normal.length];
      for (int p = 0; p < mask.length; p++) {
        mask[p] = damaged[p] != normal[p];
      }
      masks.add(mask);
    }
    return new TrialMaps(id, maps(id, 0, map(id, 0, upper, 0)), changed, defective, masks);
  }

  /** The map, and beside it one that knows nothing of defects. */
  private static AnomalyMaps maps(String id, int number, float[] map) {
    return new AnomalyMaps(map, List.of(map(id, 1000 + number, 0, 0)));
  }

  private static float[] map(String id, int number, double upper, double defect) {
    SeededRandom random = SeededRandom.of(5, id, number);
    float[] map = new float[SIDE * SIDE];
    for (int p = 0; p < map.length; p++) {
      map[p] = (float) random.nextDouble(0.02, 0.05);
    }
    double badly = upper * random.nextDouble(0.9, 1.1);
    for (int p = 0; p < SIDE * SIDE / 2; p++) {
      map[p] += (float) badly;
    }
    map[(SIDE - 2) * SIDE + random.nextInt(SIDE)] += (float) defect;
    return map;
  }

  static ScoreTrial.Sums sums(ScoreTrial trial, List<TrialMaps> maps) {
    ScoreTrial.Sums sums = trial.sums(SIDE, SIDE);
    maps.forEach(sums::add);
    return sums;
  }

  static List<TrialScores> scores(ScoreTrial trial, List<TrialMaps> maps) {
    List<NormalMaps> normals = sums(trial, maps).normals();
    return maps.stream().map(m -> trial.scores(m, normals)).toList();
  }

  static List<TrialPixels> pixels(ScoreTrial trial, List<TrialMaps> maps) {
    List<NormalMaps> normals = sums(trial, maps).normals();
    return maps.stream().map(m -> trial.pixels(m, normals)).toList();
  }

  static PixelChoice pixelChoice(List<TrialMaps> maps) {
    ScoreTrial trial = ScoreTrial.of(1, "bottle", maps.stream().map(TrialMaps::id).toList());
    return PixelChoice.of(pixels(trial, maps), 1);
  }

  static ScoreChoice choice(List<TrialMaps> maps) {
    ScoreTrial trial = ScoreTrial.of(1, "bottle", maps.stream().map(TrialMaps::id).toList());
    return ScoreChoice.of(scores(trial, maps), 1);
  }
}
