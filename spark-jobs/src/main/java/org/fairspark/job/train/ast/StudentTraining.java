package org.fairspark.job.train.ast;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.detect.ast.AstMethod;
import org.fairspark.inference.BackboneSource;
import org.fairspark.inference.GraphSource;
import org.fairspark.job.train.CategoryTraining;
import org.fairspark.job.train.OneTaskStep;
import org.fairspark.job.train.StepResult;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.job.train.TrainingSpec;
import org.fairspark.job.train.TrainingState;
import org.fairspark.store.model.ModelStore;
import org.fairspark.training.TrainingSample;

/** The training of the student on the trained teacher's output, in one Spark task. */
final class StudentTraining implements OneTaskStep {
  @Override
  public String verb() {
    return "imitate";
  }

  @Override
  public TrainingState state(TrainingRun run, String category) throws Exception {
    ModelStore teacher = new ModelStore(run.root(), category);
    if (!teacher.isThere()) {
      return TrainingState.NEW;
    }
    AstInputs inputs = AstInputs.of(run, category);
    TrainingSpec spec =
        spec(
            inputs,
            teacher.id(),
            () -> {
              throw new IllegalStateException("nothing is trained");
            });
    return training(inputs, spec).state();
  }

  private static TrainingSpec spec(
      AstInputs inputs, String teacher, Supplier<JavaRDD<TrainingSample>> samples) {
    return inputs.spec(
        AstMethod.student().with(AstMethod.student(inputs.config().detection(), inputs.maps())),
        "student weights",
        Map.of("teacher", teacher),
        samples);
  }

  private static CategoryTraining training(AstInputs inputs, TrainingSpec spec) {
    TrainingRun run = inputs.run();
    return new CategoryTraining(run.context(), run.root(), spec, run.workers().alone());
  }

  @Override
  public StepResult runInOneTask(
      TrainingRun run, String category, LongAccumulator seen, LongConsumer skipped)
      throws Exception {
    AstInputs inputs = AstInputs.of(run, category);
    ModelStore store = new ModelStore(run.root(), category);
    BackboneSource backbone = inputs.broadcast();
    GraphSource teacher = GraphSource.broadcast(inputs.spark(), store);
    try {
      TrainingSpec spec =
          spec(inputs, store.id(), () -> inputs.samples(backbone, List.of(teacher)));
      return training(inputs, spec).runInOneTask(seen, skipped);
    } finally {
      backbone.destroy();
      teacher.destroy();
    }
  }
}
