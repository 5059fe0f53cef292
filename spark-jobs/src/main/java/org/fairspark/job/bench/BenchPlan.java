package org.fairspark.job.bench;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.config.BenchConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.config.FilterConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.detect.Frame;
import org.fairspark.image.ImageSize;
import org.fairspark.image.Reduction;
import org.fairspark.network.UnetSpec;
import org.fairspark.runtime.JobPlan;

/**
 * The work of {@code bench}, and all that its tasks need to know to measure.
 *
 * @param size of the images that the network sees
 * @param reduction by which pictures come to that size
 * @param trainingBatch images of a training step
 * @param inferenceBatch images restored at a time
 * @param output the output root, as it was given
 */
record BenchPlan(
    ImageSize size,
    Reduction reduction,
    FilterConfig filter,
    CorruptionRecipe recipe,
    CutPasteStyle cutpaste,
    UnetSpec shape,
    int trainingBatch,
    int inferenceBatch,
    AnomalyFunction function,
    BenchConfig bench,
    String output)
    implements JobPlan, Serializable {

  static BenchPlan of(FairConfig config) {
    return new BenchPlan(
        config.image().size(),
        config.image().frame().reduction(),
        config.filter(),
        config.corruption().recipe(),
        config.corruption().cutpaste(),
        config.detection().networkSpec(),
        config.training().batchSize(),
        config.evaluation().batchSize(),
        config.evaluation().anomalyFunction(),
        config.bench(),
        config.output().root());
  }

  @Override
  public List<String> lines() {
    return List.of(
        "every stage is measured for %s s or a little more, pictures of %s from files of %d x %d by %s"
            .formatted(
                bench.seconds(),
                size.both(),
                bench.sourceSize(),
                bench.sourceSize(),
                reductionWord()),
        "%s under %s is written".formatted(BenchJob.FILE, output));
  }

  /** Returns how a file's picture comes to the size that the network sees. */
  Frame frame() {
    return new Frame(Frame.Fit.STRETCH, size, 0, reduction);
  }

  /** Returns the reduction as {@code image.reduction} spells it. */
  String reductionWord() {
    return reduction.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Stopwatch stopwatch() {
    return new Stopwatch(bench.seconds());
  }
}
