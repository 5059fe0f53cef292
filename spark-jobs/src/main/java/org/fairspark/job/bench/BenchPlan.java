package org.fairspark.job.bench;

import java.io.Serializable;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.config.BenchConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.config.FilterConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.network.NetworkSpec;

/**
 * What tasks need to know to measure.
 *
 * @param size height and width of the images that the network sees
 * @param trainingBatch images of a training step
 * @param inferenceBatch images restored at a time
 */
record BenchPlan(
    int size,
    FilterConfig filter,
    CorruptionRecipe recipe,
    CutPasteStyle cutpaste,
    NetworkSpec shape,
    int trainingBatch,
    int inferenceBatch,
    AnomalyFunction function,
    BenchConfig bench)
    implements Serializable {

  static BenchPlan of(FairConfig config) {
    return new BenchPlan(
        config.image().size(),
        config.filter(),
        config.corruption().recipe(),
        config.corruption().cutpaste(),
        new NetworkSpec(
            config.filter().extractor().channels(), config.model().width(), config.model().skips()),
        config.training().batchSize(),
        config.evaluation().batchSize(),
        config.evaluation().anomalyFunction(),
        config.bench());
  }

  Stopwatch stopwatch() {
    return new Stopwatch(bench.seconds());
  }
}
