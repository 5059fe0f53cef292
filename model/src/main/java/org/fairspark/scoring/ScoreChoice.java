package org.fairspark.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The choice of a category's score by a trial: where any statistic tells changed normal images with
 * a synthesized defect from those without better than the paper's does, beyond chance, the one with
 * the best AUROC; else the paper's. Where this one is not better than the mixture beyond chance,
 * the mixture is taken: it also hears maps that see defects which the synthesized ones do not
 * resemble.
 *
 * @param statistic that was chosen
 * @param evidence about every statistic, the best first; empty where there was no trial
 * @param images of the trial
 * @param reason of the choice, in words
 */
public record ScoreChoice(
    ScoreStatistic statistic, List<Evidence> evidence, int images, String reason) {
  public ScoreChoice {
    evidence = List.copyOf(evidence);
  }

  /**
   * The result of one statistic in a trial.
   *
   * @param auroc in [0, 1], the mean over all halves
   * @param lead of this AUROC over the paper's, may be negative
   * @param leadLow lower bound of the lead over all images like these (a bootstrap of the images)
   * @param leadHigh upper bound of the lead
   */
  public record Evidence(
      ScoreStatistic statistic, double auroc, double lead, double leadLow, double leadHigh) {}

  /** Returns the choice of a statistic without a trial. */
  public static ScoreChoice without(ScoreStatistic statistic, String reason) {
    return new ScoreChoice(statistic, List.of(), 0, reason);
  }

  /**
   * Chooses. The result does not depend on the images' order.
   *
   * @param scores of all images of the trial
   * @param seed of the run
   * @throws IllegalArgumentException if there are less than {@link ScoreTrial#MIN_IMAGES}, or a
   *     score is no number
   */
  public static ScoreChoice of(Collection<TrialScores> scores, long seed) {
    if (scores.size() < ScoreTrial.MIN_IMAGES) {
      throw new IllegalArgumentException(
          "a trial takes %d images, got %d".formatted(ScoreTrial.MIN_IMAGES, scores.size()));
    }
    List<TrialScores> sorted =
        scores.stream().sorted(Comparator.comparing(TrialScores::id)).toList();
    List<Mixture> mixtures = Mixture.ofHalves(sorted);
    List<TrialScores> images = sorted.stream().map(image -> image.mixed(mixtures)).toList();
    Wins[] wins =
        Arrays.stream(ScoreStatistic.values())
            .map(s -> Wins.of(images, s.ordinal()))
            .toArray(Wins[]::new);
    double[][] resampled = resampled(wins, images.size(), seed);
    int[] once = Bootstrap.once(images.size());
    double paper = wins[ScoreStatistic.PAPER.ordinal()].auroc(once);
    List<Evidence> evidence = new ArrayList<>();
    for (ScoreStatistic statistic : ScoreStatistic.values()) {
      double auroc = wins[statistic.ordinal()].auroc(once);
      Bootstrap.Bounds lead = lead(resampled, statistic, ScoreStatistic.PAPER);
      evidence.add(new Evidence(statistic, auroc, auroc - paper, lead.low(), lead.high()));
    }
    // Stable: of equals the simpler one, as the constants go from simple to involved.
    evidence.sort(Comparator.comparingDouble((Evidence e) -> -e.auroc()));
    if (evidence.stream().noneMatch(e -> e.leadLow() > 0)) {
      return new ScoreChoice(
          ScoreStatistic.PAPER, evidence, images.size(), "no other is better beyond chance");
    }
    ScoreStatistic best = evidence.get(0).statistic();
    return best == ScoreStatistic.MIXTURE || lead(resampled, best, ScoreStatistic.MIXTURE).low() > 0
        ? new ScoreChoice(best, evidence, images.size(), "best in the trial")
        : new ScoreChoice(
            ScoreStatistic.MIXTURE,
            evidence,
            images.size(),
            "%s is not better beyond chance".formatted(best.word()));
  }

  /** Returns the bounds of a statistic's lead over another. */
  private static Bootstrap.Bounds lead(
      double[][] resampled, ScoreStatistic statistic, ScoreStatistic other) {
    double[] leads = resampled[statistic.ordinal()].clone();
    for (int b = 0; b < leads.length; b++) {
      leads[b] -= resampled[other.ordinal()][b];
    }
    return Bootstrap.Bounds.of(leads);
  }

  /** Returns the AUROC of every statistic, {@code double[statistic][resample]}. */
  private static double[][] resampled(Wins[] wins, int images, long seed) {
    int[][] resamples = Bootstrap.resamples(images, seed, "score/bootstrap");
    double[][] aurocs = new double[wins.length][resamples.length];
    for (int b = 0; b < resamples.length; b++) {
      for (int s = 0; s < wins.length; s++) {
        aurocs[s][b] = wins[s].auroc(resamples[b]);
      }
    }
    return aurocs;
  }

  /**
   * The share of pairs, of all images that were judged by the same half, in which the image with a
   * defect has the higher score.
   *
   * @param judged images of every half, by their index
   * @param share {@code double[half][normal][defective]} in [0, 1], of pairs of their variants
   */
  private record Wins(int[][] judged, double[][][] share) {

    static Wins of(List<TrialScores> images, int statistic) {
      int halves = 2 * ScoreTrial.DIVISIONS;
      int[][] judged = new int[halves][];
      double[][][] share = new double[halves][][];
      for (int h = 0; h < halves; h++) {
        int half = h;
        int division = h / 2;
        judged[h] =
            IntStream.range(0, images.size())
                .filter(i -> images.get(i).judgedBy()[division] == half)
                .toArray();
        share[h] = new double[judged[h].length][judged[h].length];
        for (int n = 0; n < judged[h].length; n++) {
          float[] normal = images.get(judged[h][n]).changed()[division][statistic];
          for (int d = 0; d < judged[h].length; d++) {
            share[h][n][d] =
                share(normal, images.get(judged[h][d]).defective()[division][statistic]);
          }
        }
      }
      return new Wins(judged, share);
    }

    private static double share(float[] normal, float[] defective) {
      int twice = 0;
      for (float n : normal) {
        for (float d : defective) {
          if (Float.isNaN(n) || Float.isNaN(d)) {
            throw new IllegalArgumentException("a score is NaN: did the restoration diverge?");
          }
          twice += d > n ? 2 : d == n ? 1 : 0;
        }
      }
      return twice / 2.0 / normal.length / defective.length;
    }

    /** Returns the mean AUROC over the halves, each image counting so many times. */
    double auroc(int[] times) {
      double sum = 0;
      int halves = 0;
      for (int h = 0; h < judged.length; h++) {
        double won = 0;
        long all = 0;
        for (int n = 0; n < judged[h].length; n++) {
          int weight = times[judged[h][n]];
          if (weight > 0) {
            for (int d = 0; d < judged[h].length; d++) {
              won += weight * times[judged[h][d]] * share[h][n][d];
            }
            all += weight;
          }
        }
        if (all > 0) {
          sum += won / ((double) all * all);
          halves++;
        }
      }
      return sum / halves;
    }
  }

  /** Returns the evidence of the best statistic beside the chosen one. */
  public Optional<Evidence> runnerUp() {
    return evidence.stream().filter(e -> e.statistic() != statistic).findFirst();
  }

  /** Returns the choice and its evidence in one line, without the category. */
  public String describe() {
    StringBuilder text = new StringBuilder("score ").append(statistic.word());
    if (evidence.isEmpty()) {
      return text.append(" (").append(reason).append(")").toString();
    }
    Evidence chosen =
        evidence.stream().filter(e -> e.statistic() == statistic).findFirst().orElseThrow();
    text.append(
        String.format(
            Locale.ROOT,
            ", %s: finds synthesized defects on %d held-out images with AUROC %.3f",
            reason,
            images,
            chosen.auroc()));
    if (statistic != ScoreStatistic.PAPER) {
      text.append(
          String.format(
              Locale.ROOT,
              ", %.3f more than the paper's (%.3f to %.3f)",
              chosen.lead(),
              chosen.leadLow(),
              chosen.leadHigh()));
    }
    runnerUp()
        .ifPresent(
            second ->
                text.append(
                    String.format(
                        Locale.ROOT, "; %s has %.3f", second.statistic().word(), second.auroc())));
    return text.toString();
  }
}
