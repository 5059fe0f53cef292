package org.fairspark.job.train.ast;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.ast.AstMethod;
import org.fairspark.inference.BackboneSource;
import org.fairspark.job.train.CategoryTraining;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.job.train.TrainingState;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.features.BackboneFile;
import org.fairspark.runtime.JobContext;
import org.fairspark.training.TrainingSample;

/** The training of the normalizing flow on features of normal images. */
final class TeacherTraining implements TrainingStep {
  /** Makes sure that the backbone is there and has layers that a flow can be made for. */
  @Override
  public void check(JobContext context) {
    FairConfig config = context.config();
    BackboneFile.read(context)
        .check(
            config,
            network -> {
              network.requireFeatureMaps();
              AstMethod.teacher(config.detection(), AstInputs.maps(config, network));
            });
  }

  @Override
  public String verb() {
    return "train";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) throws Exception {
    AstInputs inputs = AstInputs.of(run, category);
    return training(inputs, spec(inputs, TeacherTraining::none)).state();
  }

  private static JavaRDD<TrainingSample> none() {
    throw new IllegalStateException("nothing is trained");
  }

  private static CategoryTraining training(AstInputs inputs, TrainingSpec spec) {
    TrainingRun run = inputs.run();
    return new CategoryTraining(run.context(), run.root(), spec, run.workers());
  }

  private static TrainingSpec spec(AstInputs inputs, Supplier<JavaRDD<TrainingSample>> samples) {
    FairConfig config = inputs.config();
    return inputs.spec(
        AstMethod.teacher().with(AstMethod.teacher(config.detection(), inputs.maps())),
        "teacher weights",
        Map.of(),
        samples);
  }

  @Override
  public StepResult run(TrainingRun run, String category) throws Exception {
    return train(run, category, CategoryTraining::run);
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    return train(run, category, training -> training.runInOneTask(seen, skipped));
  }

  /** A way to train. */
  private interface Way {
    StepResult train(CategoryTraining training) throws Exception;
  }

  private static StepResult train(TrainingRun run, String category, Way way) throws Exception {
    AstInputs inputs = AstInputs.of(run, category);
    BackboneSource backbone = inputs.broadcast();
    try {
      return way.train(training(inputs, spec(inputs, () -> inputs.samples(backbone, List.of()))));
    } finally {
      backbone.destroy();
    }
  }
}
