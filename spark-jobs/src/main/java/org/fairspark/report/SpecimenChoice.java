package org.fairspark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.fairspark.random.SeededRandom;
import org.fairspark.report.Specimen.Role;

/** A choice of the test images that a category's gallery shows, by a pure function. */
public final class SpecimenChoice {
  private SpecimenChoice() {}

  /**
   * A test image.
   *
   * @param imageId unique in its category
   * @param defect kind of defect; "good" for a normal image
   */
  public record Candidate(String imageId, String defect, boolean anomalous, double score) {}

  /**
   * Chooses {@code perRole} images for each reason; no image twice, and fewer where there are not
   * enough.
   *
   * <ul>
   *   <li>best: anomalous images with the highest scores, the kinds of defect taking turns;
   *   <li>worst: images ranked on the wrong side of the largest share of the other kind (an
   *       anomalous image below normal ones, a normal image above anomalous ones), and after those
   *       the anomalous ones with the lowest scores;
   *   <li>false alarms: normal images above the threshold, the highest scores first, before they
   *       count among the worst;
   *   <li>random: of all that are left.
   * </ul>
   *
   * @param threshold of the decision; empty where there is none
   * @param seed for what is drawn at random
   * @return image id to role, in the order to show them
   */
  public static Map<String, Role> of(
      List<Candidate> candidates, int perRole, OptionalDouble threshold, long seed) {
    List<Candidate> ordered =
        candidates.stream().sorted(Comparator.comparing(Candidate::imageId)).toList();
    Map<String, Role> chosen = new LinkedHashMap<>();
    // Misleading images first: with few images they matter more than the clear ones.
    Set<String> taken = new HashSet<>();
    List<Candidate> alarms =
        threshold.isPresent()
            ? take(falseAlarms(ordered, threshold.getAsDouble()), perRole, taken)
            : List.of();
    alarms.forEach(c -> taken.add(c.imageId()));
    List<Candidate> worst = take(misleading(ordered), perRole, taken);
    worst.forEach(c -> taken.add(c.imageId()));
    List<Candidate> best = take(clearest(ordered), perRole, taken);
    best.forEach(c -> taken.add(c.imageId()));
    int[] order = IntStream.range(0, ordered.size()).toArray();
    new SeededRandom(seed).shuffle(order);
    List<Candidate> shuffled = Arrays.stream(order).mapToObj(ordered::get).toList();
    best.forEach(c -> chosen.put(c.imageId(), Role.BEST));
    worst.forEach(c -> chosen.put(c.imageId(), Role.WORST));
    alarms.forEach(c -> chosen.put(c.imageId(), Role.FALSE_ALARM));
    take(shuffled, perRole, taken).forEach(c -> chosen.put(c.imageId(), Role.RANDOM));
    return chosen;
  }

  private static List<Candidate> take(List<Candidate> from, int count, Set<String> taken) {
    return from.stream().filter(c -> !taken.contains(c.imageId())).limit(count).toList();
  }

  private static List<Candidate> falseAlarms(List<Candidate> candidates, double threshold) {
    return candidates.stream()
        .filter(c -> !c.anomalous() && c.score() > threshold)
        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
        .toList();
  }

  /** Returns anomalous images, first the highest score of each type of defect, then the second. */
  private static List<Candidate> clearest(List<Candidate> candidates) {
    List<Candidate> falling =
        candidates.stream()
            .filter(Candidate::anomalous)
            .sorted(Comparator.comparingDouble(Candidate::score).reversed())
            .toList();
    Map<String, Integer> seen = new HashMap<>();
    Map<Candidate, Integer> turn = new HashMap<>();
    falling.forEach(c -> turn.put(c, seen.merge(c.defect(), 1, Integer::sum)));
    List<Candidate> inTurn = new ArrayList<>(falling);
    inTurn.sort(Comparator.comparing(turn::get));
    return inTurn;
  }

  private static List<Candidate> misleading(List<Candidate> candidates) {
    double[] normal = scores(candidates, false);
    double[] anomalous = scores(candidates, true);
    Map<Candidate, Double> wrong = new HashMap<>();
    for (Candidate c : candidates) {
      double[] others = c.anomalous() ? normal : anomalous;
      long passed =
          Arrays.stream(others)
              .filter(s -> c.anomalous() ? s >= c.score() : s <= c.score())
              .count();
      wrong.put(c, others.length == 0 ? 0 : (double) passed / others.length);
    }
    return candidates.stream()
        .filter(c -> c.anomalous() || wrong.get(c) > 0)
        .sorted(
            Comparator.<Candidate>comparingDouble(wrong::get)
                .reversed()
                .thenComparingDouble(c -> c.anomalous() ? c.score() : -c.score()))
        .toList();
  }

  private static double[] scores(List<Candidate> candidates, boolean anomalous) {
    return candidates.stream()
        .filter(c -> c.anomalous() == anomalous)
        .mapToDouble(Candidate::score)
        .toArray();
  }
}
