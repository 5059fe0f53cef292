package org.fairspark.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The choice of a category's pixel scores by a trial: of the statistics that find synthesized
 * defects better than the map itself does, by AUPRO and beyond chance, and rank all pixels no worse
 * (AUROC), the one with the best AUPRO; else the map itself, as in the paper.
 *
 * <p>Synthesized defects are smaller and fainter than many real ones: what lifts small regions
 * (AUPRO) at the price of the ranking of all pixels (AUROC) loses large defects.
 *
 * @param statistic that was chosen
 * @param evidence about every statistic, the best AUPRO first; empty where there was no trial
 * @param images of the trial
 * @param reason of the choice, in words
 */
public record PixelChoice(
    PixelStatistic statistic, List<Evidence> evidence, int images, String reason) {
  /** The false-positive rate up to which AUPRO integrates. */
  private static final double RATE_LIMIT = 0.3;

  public PixelChoice {
    evidence = List.copyOf(evidence);
  }

  /**
   * The result of one statistic in a trial.
   *
   * @param auroc of the defects' pixels against all others, the mean over all halves
   * @param aupro the mean share of a defect that is found, up to a false-positive rate of 0.3
   * @param aurocLeadLow lower bound of the lead over the map itself, over all images like these
   * @param auproLeadLow the same of AUPRO
   */
  public record Evidence(
      PixelStatistic statistic,
      double auroc,
      double aupro,
      double aurocLeadLow,
      double auproLeadLow) {}

  /** Returns the choice of a statistic without a trial. */
  public static PixelChoice without(PixelStatistic statistic, String reason) {
    return new PixelChoice(statistic, List.of(), 0, reason);
  }

  /**
   * Chooses. The result does not depend on the images' order.
   *
   * @param counts of all images of the trial
   * @param seed of the run
   * @throws IllegalArgumentException if there are less than {@link ScoreTrial#MIN_IMAGES}
   */
  public static PixelChoice of(Collection<TrialPixels> counts, long seed) {
    if (counts.size() < ScoreTrial.MIN_IMAGES) {
      throw new IllegalArgumentException(
          "a trial takes %d images, got %d".formatted(ScoreTrial.MIN_IMAGES, counts.size()));
    }
    List<TrialPixels> images =
        counts.stream().sorted(Comparator.comparing(TrialPixels::id)).toList();
    Curves[] curves =
        Arrays.stream(PixelStatistic.values())
            .map(s -> Curves.of(images, s.ordinal()))
            .toArray(Curves[]::new);
    double[][][] leads = leads(curves, images.size(), seed);
    int[] once = Bootstrap.once(images.size());
    List<Evidence> evidence = new ArrayList<>();
    for (PixelStatistic statistic : PixelStatistic.values()) {
      int s = statistic.ordinal();
      Areas areas = curves[s].areas(once);
      evidence.add(
          new Evidence(
              statistic,
              areas.auroc(),
              areas.aupro(),
              Bootstrap.Bounds.of(leads[0][s]).low(),
              Bootstrap.Bounds.of(leads[1][s]).low()));
    }
    double aurocOfMap = evidence.get(PixelStatistic.PAPER.ordinal()).auroc();
    evidence.sort(Comparator.comparingDouble((Evidence e) -> -e.aupro()));
    return evidence.stream()
        .filter(e -> e.auproLeadLow() > 0 && e.auroc() >= aurocOfMap)
        .findFirst()
        .map(e -> new PixelChoice(e.statistic(), evidence, images.size(), "best in the trial"))
        .orElseGet(
            () ->
                new PixelChoice(
                    PixelStatistic.PAPER,
                    evidence,
                    images.size(),
                    "no other is better beyond chance"));
  }

  /** Returns every statistic's leads over the map, {@code double[figure][statistic][resample]}. */
  private static double[][][] leads(Curves[] curves, int images, long seed) {
    int[][] resamples = Bootstrap.resamples(images, seed, "pixels/bootstrap");
    double[][][] leads = new double[2][curves.length][resamples.length];
    for (int b = 0; b < resamples.length; b++) {
      Areas paper = curves[PixelStatistic.PAPER.ordinal()].areas(resamples[b]);
      for (int s = 0; s < curves.length; s++) {
        Areas areas = curves[s].areas(resamples[b]);
        leads[0][s][b] = areas.auroc() - paper.auroc();
        leads[1][s][b] = areas.aupro() - paper.aupro();
      }
    }
    return leads;
  }

  private record Areas(double auroc, double aupro) {}

  /**
   * The pixels of every image by their scores, from the highest bin down.
   *
   * @param judged images of every half, by their index
   * @param normal {@code double[half][image][bin]}, pixels outside of defects
   * @param defective {@code double[half][image][bin]}, pixels of defects
   * @param found {@code double[half][image][bin]}, the mean share of a defect in this bin or above
   */
  private record Curves(
      int[][] judged, double[][][] normal, double[][][] defective, double[][][] found) {

    static Curves of(List<TrialPixels> images, int statistic) {
      int halves = 2 * ScoreTrial.DIVISIONS;
      Curves curves =
          new Curves(
              new int[halves][],
              new double[halves][][],
              new double[halves][][],
              new double[halves][][]);
      for (int h = 0; h < halves; h++) {
        int half = h;
        int division = h / 2;
        int[] judged =
            IntStream.range(0, images.size())
                .filter(i -> images.get(i).judgedBy()[division] == half)
                .toArray();
        curves.judged[h] = judged;
        curves.normal[h] = new double[judged.length][TrialPixels.BINS];
        curves.defective[h] = new double[judged.length][TrialPixels.BINS];
        curves.found[h] = new double[judged.length][TrialPixels.BINS];
        for (int j = 0; j < judged.length; j++) {
          TrialPixels image = images.get(judged[j]);
          addDown(image.normal()[division][statistic], curves.normal[h][j]);
          int[][] defects = image.defects()[division][statistic];
          for (int[] defect : defects) {
            addDown(defect, curves.defective[h][j]);
            int pixels = Math.max(1, Arrays.stream(defect).sum());
            double above = 0;
            for (int b = TrialPixels.BINS - 1; b >= 0; b--) {
              above += defect[b];
              curves.found[h][j][TrialPixels.BINS - 1 - b] += above / pixels / defects.length;
            }
          }
        }
      }
      return curves;
    }

    private static void addDown(int[] bins, double[] down) {
      for (int b = 0; b < bins.length; b++) {
        down[bins.length - 1 - b] += bins[b];
      }
    }

    /** Returns the means over the halves, each image counting so many times. */
    Areas areas(int[] times) {
      double auroc = 0;
      double aupro = 0;
      int halves = 0;
      for (int h = 0; h < judged.length; h++) {
        int weight = 0;
        double[] normals = new double[TrialPixels.BINS];
        double[] defects = new double[TrialPixels.BINS];
        double[] share = new double[TrialPixels.BINS];
        for (int j = 0; j < judged[h].length; j++) {
          int often = times[judged[h][j]];
          weight += often;
          for (int b = 0; often > 0 && b < share.length; b++) {
            normals[b] += often * normal[h][j][b];
            defects[b] += often * defective[h][j][b];
            share[b] += often * found[h][j][b];
          }
        }
        if (weight > 0) {
          auroc += area(normals, defects);
          aupro += areaOfShare(normals, share, weight);
          halves++;
        }
      }
      return new Areas(auroc / halves, aupro / halves);
    }

    private static double area(double[] normals, double[] defects) {
      double above = 0;
      double area = 0;
      double all = Arrays.stream(normals).sum();
      for (int b = 0; b < normals.length; b++) {
        area += normals[b] / all * (above + defects[b] / 2);
        above += defects[b];
      }
      return area / above;
    }

    private static double areaOfShare(double[] normals, double[] share, int weight) {
      double all = Arrays.stream(normals).sum();
      double rate = 0;
      double before = 0;
      double area = 0;
      for (int b = 0; b < normals.length && rate < RATE_LIMIT; b++) {
        double step = Math.min(normals[b] / all, RATE_LIMIT - rate);
        double part = normals[b] == 0 ? 1 : step * all / normals[b];
        double now = before + part * (share[b] / weight - before);
        area += step * (before + now) / 2;
        before = now;
        rate += step;
      }
      return area / RATE_LIMIT;
    }
  }

  /** Returns the choice and its evidence in one line, without the category. */
  public String describe() {
    StringBuilder text = new StringBuilder("pixels ").append(statistic.word());
    if (evidence.isEmpty()) {
      return text.append(" (").append(reason).append(")").toString();
    }
    text.append(String.format(Locale.ROOT, ", %s: finds synthesized defects' pixels with", reason));
    figures(text, statistic);
    if (statistic != PixelStatistic.PAPER) {
      text.append("; the map itself with");
      figures(text, PixelStatistic.PAPER);
    }
    return text.toString();
  }

  private void figures(StringBuilder text, PixelStatistic of) {
    Evidence one = evidence.stream().filter(e -> e.statistic() == of).findFirst().orElseThrow();
    text.append(String.format(Locale.ROOT, " AUROC %.3f and AUPRO %.3f", one.auroc(), one.aupro()));
  }
}
