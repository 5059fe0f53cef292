package org.fairspark.job.train;

import java.util.function.Function;
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
    implements CategoryStep {
  @Override
  public CategoryTraining training(TrainingRun run, String category) {
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
