package org.fairspark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.apache.spark.SparkConf;
import org.fairspark.config.EngineSetting;
import org.fairspark.config.InferenceConfig;
import org.fairspark.failure.FairException;
import org.junit.jupiter.api.Test;

class DetectingGpusTest {
  private static final InferenceConfig REQUIRED = new InferenceConfig(true, true);
  private static final InferenceConfig ANY = new InferenceConfig(false, true);

  private static SparkConf cluster() {
    return new SparkConf(false)
        .set("spark.master", "spark://host:7077")
        .set("spark.executor.resource.gpu.amount", "1");
  }

  @Test
  void aRequiredGpuThatThisBuildCannotUseIsRefusedAtOnce() {
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(() -> DetectingGpus.of(REQUIRED, EngineSetting.AUTO, cluster()))
        .withMessageContaining("a GPU is required, and this build detects on CPUs alone")
        .withMessageContaining("FAIR_PROFILES=onnx-gpu");
    assertThatExceptionOfType(FairException.class)
        .isThrownBy(() -> DetectingGpus.of(REQUIRED, EngineSetting.ONEDNN, cluster()))
        .withMessageContaining("oneDNN computes on CPUs alone");
  }

  @Test
  void withoutThatCpusDetectAndALineSaysSoWhereSparkHasGpus() {
    assertThat(DetectingGpus.of(ANY, EngineSetting.AUTO, cluster()).line())
        .hasValueSatisfying(line -> assertThat(line).contains("not used to detect"));
    assertThat(DetectingGpus.of(ANY, EngineSetting.AUTO, new SparkConf(false)).line()).isEmpty();
    assertThat(new DetectingGpus(true, true, true).line())
        .hasValueSatisfying(line -> assertThat(line).contains("shared by all tasks"));
    assertThat(new DetectingGpus(true, true, false).line())
        .hasValueSatisfying(line -> assertThat(line).contains("one for each task"));
  }

  @Test
  void anEngineIsUsableWhereItsBuildIsForGpus() {
    assertThat(DetectingGpus.usable(EngineSetting.AUTO, true, false)).isTrue();
    assertThat(DetectingGpus.usable(EngineSetting.AUTO, false, true)).isTrue();
    assertThat(DetectingGpus.usable(EngineSetting.ONNX, false, true)).isFalse();
    assertThat(DetectingGpus.usable(EngineSetting.ONEDNN, true, true)).isFalse();
  }
}
