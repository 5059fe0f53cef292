package org.fairspark.job.train;

import java.util.List;
import java.util.function.LongConsumer;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.detect.restoration.RestorationMethod;

/** The training of the restoration method: one network, to restore clean images from samples. */
public final class RestorationTraining implements MethodTraining {
  @Override
  public String method() {
    return RestorationMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new Restoration());
  }

  /** The restoration network's training, for methods that build on it. */
  public static final class Restoration implements TrainingStep {
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

    private static CategoryTraining training(TrainingRun run, String category) {
      TrainingSpec spec =
          TrainingSpec.restoration(run.context(), category, run.images(), run.samples());
      return new CategoryTraining(run.context(), run.root(), spec, run.workers());
    }
  }
}
