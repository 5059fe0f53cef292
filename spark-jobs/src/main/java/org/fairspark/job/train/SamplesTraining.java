package org.fairspark.job.train;

import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.MethodNetwork;

/**
 * The training of a method's first network from {@code samples/}.
 *
 * @param network its description by the settings
 * @param target what it learns to make of a sample
 */
public record SamplesTraining(
    Function<DetectionSettings, MethodNetwork> network, SampleTarget target)
    implements TrainingStep {
  @Override
  public String verb() {
    return "train";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) throws Exception {
    return training(run, category).state();
  }

  @Override
  public StepResult run(TrainingRun run, String category) throws Exception {
    return training(run, category).run();
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    return training(run, category).runInOneTask(seen, skipped);
  }

  private CategoryTraining training(TrainingRun run, String category) {
    TrainingSpec spec =
        TrainingSpec.ofSamples(
            run.context(),
            category,
            run.images(),
            run.samples(),
            network.apply(run.context().config().detection()),
            target);
    return new CategoryTraining(run.context(), run.root(), spec, run.workers());
  }
}
