package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.TrainingConfig;
import org.fairspark.config.TrainingPrecision;
import org.fairspark.failure.FairException;
import org.junit.jupiter.api.Test;

class TrainingSetupTest {
  private static TrainingConfig asking(String... settings) {
    return ConfigLoader.load(List.of(), List.of(settings)).training();
  }

  @Test
  void refusesPytorchWhereTheBuildHasNoneWithTheCommandThatMakesOne() {
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(() -> TrainingSetup.require(asking("training.engine=pytorch"), false, false))
        .withMessageContainingAll(
            "this build has no PyTorch",
            "training.engine=pytorch",
            "FAIR_PROFILES=pytorch ./submit.sh run --set training.engine=pytorch");
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(() -> TrainingSetup.require(asking("training.precision=tf32"), true, false))
        .withMessageContaining("FAIR_PROFILES=pytorch-gpu");
    assertThatNoException()
        .isThrownBy(
            () -> {
              TrainingSetup.require(asking(), false, false);
              TrainingSetup.require(asking("training.engine=dl4j"), false, false);
              TrainingSetup.require(asking("training.engine=pytorch"), true, false);
              TrainingSetup.require(asking("training.precision=tf32"), true, true);
            });
  }

  @Test
  void executorsGetTheFolderAndThePrecisionUnlessTheyHaveThem() {
    Map<String, String> environment = Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch/lib");
    SparkConf conf = new SparkConf(false);
    TrainingSetup.apply(conf, TrainingPrecision.FLOAT32, environment);
    assertThat(conf.get("spark.executorEnv.PYTORCH_LIBRARY_PATH")).isEqualTo("/opt/torch/lib");
    assertThat(conf.get("spark.executorEnv.NVIDIA_TF32_OVERRIDE")).isEqualTo("0");

    SparkConf tf32 = new SparkConf(false);
    TrainingSetup.apply(tf32, TrainingPrecision.TF32, Map.of());
    assertThat(tf32.getAll()).isEmpty();

    SparkConf given =
        new SparkConf(false).set("spark.executorEnv.PYTORCH_LIBRARY_PATH", "/other/lib");
    TrainingSetup.apply(given, TrainingPrecision.FLOAT32, environment);
    assertThat(given.get("spark.executorEnv.PYTORCH_LIBRARY_PATH")).isEqualTo("/other/lib");
  }
}
