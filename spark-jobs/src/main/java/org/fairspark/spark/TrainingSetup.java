package org.fairspark.spark;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.fairspark.config.TrainerSetting;
import org.fairspark.config.TrainingConfig;
import org.fairspark.config.TrainingPrecision;
import org.fairspark.failure.FairException;
import org.fairspark.network.pytorch.PytorchLibrary;

/** The conditions under which PyTorch trains, checked and set before Spark starts. */
public final class TrainingSetup {
  private static final String EXECUTORS = "spark.executorEnv.";

  private TrainingSetup() {}

  /**
   * Refuses settings that this build cannot follow.
   *
   * @throws FairException with the command that makes one that can
   */
  public static void require(TrainingConfig settings) {
    require(settings, PytorchLibrary.isBuiltIn(), PytorchLibrary.isBuiltInForCuda());
  }

  static void require(TrainingConfig settings, boolean builtIn, boolean forCuda) {
    if (settings.engine() == TrainerSetting.PYTORCH && !builtIn) {
      throw FairException.refused(
          "this build has no PyTorch",
          "training.engine=pytorch",
          "FAIR_PROFILES=pytorch ./submit.sh run --set training.engine=pytorch ... builds one that"
              + " has (FAIR_PROFILES=pytorch-gpu for GPUs)");
    }
    if (settings.precision() == TrainingPrecision.TF32 && !forCuda) {
      throw FairException.refused(
          "this build has no PyTorch for GPUs, and nothing else has that precision",
          "training.precision=tf32",
          "FAIR_PROFILES=pytorch-gpu ./submit.sh run --set training.precision=tf32 ... builds one"
              + " that has");
    }
  }

  /**
   * Gives executors that are still to be started the environment in which PyTorch finds its
   * libraries, as here, and computes in the precision that was asked for. What was set by hand
   * stands.
   */
  public static void apply(SparkConf conf, TrainingConfig settings) {
    if (PytorchLibrary.isBuiltIn()) {
      apply(conf, settings.precision(), System.getenv());
    }
  }

  static void apply(SparkConf conf, TrainingPrecision precision, Map<String, String> environment) {
    Optional.ofNullable(environment.get(PytorchLibrary.FOLDER))
        .ifPresent(folder -> conf.setIfMissing(EXECUTORS + PytorchLibrary.FOLDER, folder));
    if (precision == TrainingPrecision.FLOAT32) {
      // PyTorch allows TF32 in convolutions, and DJL cannot forbid it; NVIDIA's libraries heed
      // this.
      conf.setIfMissing(EXECUTORS + PytorchLibrary.TF32, "0");
    }
  }
}
