package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.discriminative.DiscriminatingMethod;
import org.fairspark.detect.discriminative.DiscriminativeMethod;
import org.fairspark.failure.FairException;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.run.RunJob;
import org.fairspark.job.sweep.SweepJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.TrainingEngine;
import org.fairspark.network.UnetSpec;
import org.fairspark.text.HumanUnits;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long GIGA = 1L << 30;

  private static FairConfig config(int width, int size, int batch) {
    return ConfigLoader.load(
        List.of(),
        List.of("model.width=" + width, "image.size=" + size, "training.batch-size=" + batch));
  }

  private static SparkConf yarn() {
    return new SparkConf(false)
        .set("spark.master", "yarn")
        .set("spark.executor.memory", "4g")
        .set("spark.executor.cores", "1");
  }

  @Test
  void aLargerNetworkOrImageNeedsMoreAndWorkersAddUp() {
    MemoryPlan small = MemoryPlan.ofTraining(config(16, 128, 8), TrainingEngine.DL4J, 1, 1, 1);
    MemoryPlan wide = MemoryPlan.ofTraining(config(128, 128, 8), TrainingEngine.DL4J, 1, 1, 1);
    MemoryPlan large = MemoryPlan.ofTraining(config(16, 512, 8), TrainingEngine.DL4J, 1, 1, 1);
    assertThat(wide.nativeBytes()).as("width 128").isGreaterThan(2 * small.nativeBytes());
    assertThat(large.nativeBytes()).as("512 pixels").isGreaterThan(3 * small.nativeBytes());
    MemoryPlan four = MemoryPlan.ofTraining(config(16, 512, 8), TrainingEngine.DL4J, 4, 4, 1);
    assertThat(four.nativeBytes() - large.nativeBytes())
        .as("three more in the same executor")
        .isBetween(3 * (large.nativeBytes() - GIGA) - 10, 3 * (large.nativeBytes() - GIGA) + 10);
    MemoryPlan apart = MemoryPlan.ofTraining(config(16, 512, 8), TrainingEngine.DL4J, 4, 1, 1);
    assertThat(apart.nativeBytes()).as("each in its own").isEqualTo(large.nativeBytes());
    assertThat(apart.driverHeapBytes() - large.driverHeapBytes())
        .as("on the driver, three more results as they come and as they are read")
        .isEqualTo(6L * 4 * (statistics(16) + 3L * trainable(16)));
  }

  @Test
  void theDriverHoldsNoMoreForMoreWorkersWhereExecutorsAverage() {
    FairConfig wide = config(128, 128, 2);
    MemoryPlan eight = MemoryPlan.ofTraining(wide, TrainingEngine.DL4J, 8, 1, 1);
    assertThat(MemoryPlan.ofTraining(wide, TrainingEngine.DL4J, 128, 1, 1))
        .as("of 128 workers")
        .isEqualTo(eight);
    long state = 4 * (statistics(128) + 3L * trainable(128));
    assertThat(eight.driverHeapBytes() - (400L << 20)).as("states").isEqualTo(4 * state);
  }

  /**
   * Counts trainable values; of width 16 there are a fourth of width 32's 4 322 307 but for what
   * grows linearly.
   */
  private static long trainable(int width) {
    return new UnetSpec(1, width, true).parameterCount();
  }

  private static long statistics(int width) {
    return new UnetSpec(1, width, true).stateLength() - trainable(width);
  }

  @Test
  void executorsGetWhatIsPredictedAndJavaCppTheSame() {
    SparkConf conf = yarn();
    FairConfig config = config(32, 256, 8);
    MemoryPlan plan = new TrainJob().memory(config, conf);
    assertThat(plan)
        .as("training, and then calibration by the engine that scores")
        .isEqualTo(
            MemoryPlan.ofTraining(config, TrainingEngine.DL4J, 1, 1, 1)
                .and(
                    MemoryPlan.ofDetecting(
                        config, config.scoringMethod(), config.score().engine(), conf)));
    assertThat(new TrainJob().memory(config.with("calibration.share", "0"), conf))
        .as("without calibration")
        .isEqualTo(MemoryPlan.ofTraining(config, TrainingEngine.DL4J, 1, 1, 1));
    MemoryLimits.apply(conf, plan);
    long overhead = conf.getSizeAsMb("spark.executor.memoryOverhead") << 20;
    assertThat(overhead)
        .as("overhead")
        .isBetween(plan.nativeBytes(), plan.nativeBytes() + (1 << 20));
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .contains("-Dorg.bytedeco.javacpp.maxbytes=" + overhead)
        .contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + (overhead + 4 * GIGA));
    assertThatCode(() -> MemoryLimits.of(conf).require(plan, "train"))
        .as("what was given is enough")
        .doesNotThrowAnyException();
  }

  @Test
  void whatWasSetByHandStandsAndIsRefusedWhereItIsTooLittle() {
    SparkConf conf =
        yarn()
            .set("spark.executor.memoryOverhead", "512m")
            .set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.maxbytes=1g");
    MemoryPlan plan = MemoryPlan.ofTraining(config(32, 256, 8), TrainingEngine.DL4J, 1, 1, 1);
    MemoryLimits.apply(conf, plan);
    assertThat(conf.get("spark.executor.memoryOverhead")).as("overhead").isEqualTo("512m");
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .as("Java options")
        .isEqualTo("-Dorg.bytedeco.javacpp.maxbytes=1g");
    assertThatThrownBy(() -> MemoryLimits.of(conf).require(plan, "train"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining(HumanUnits.bytes(plan.nativeBytes()))
        .hasMessageContaining(HumanUnits.bytes(512L << 20))
        .extracting(e -> ((FairException) e).remedy())
        .asString()
        .contains("spark.executor.memoryOverhead=");
  }

  @Test
  void whatCannotFitThisMachineIsRefused() {
    MemoryPlan plan = new MemoryPlan(GIGA, 20 * GIGA, GIGA);
    MemoryLimits machine =
        new MemoryLimits(
            true, 2 * GIGA, OptionalLong.empty(), OptionalLong.of(16 * GIGA), 2 * GIGA);
    assertThatThrownBy(() -> machine.require(plan, "train"))
        .hasMessageContaining("train needs 23 GB of memory, this machine has 17 GB");
    MemoryPlan heap = new MemoryPlan(3 * GIGA, GIGA, GIGA);
    assertThatThrownBy(() -> machine.require(heap, "evaluate"))
        .hasMessageContaining("evaluate needs 3.2 GB of heap in an executor, there is 2.1 GB")
        .extracting(e -> ((FairException) e).remedy())
        .asString()
        .contains("--driver-memory 3072m");
    MemoryPlan driver = new MemoryPlan(GIGA, GIGA, 5 * GIGA);
    assertThatThrownBy(() -> machine.require(driver, "train"))
        .hasMessageContaining("in the driver");
  }

  @Test
  void aRunKeepsBothNetworksAndASweepTakesItsLargestCell() {
    SparkConf conf = yarn();
    FairConfig config = config(16, 128, 8);
    MemoryPlan training = MemoryPlan.ofTraining(config, TrainingEngine.DL4J, 1, 1, 1);
    MemoryPlan restoring =
        MemoryPlan.ofDetecting(config, config.detectionMethod(), InferenceEngine.ONEDNN, 1)
            .or(MemoryPlan.ofDetecting(config, config.detectionMethod(), InferenceEngine.ONNX, 1));
    assertThat(new RunJob().memory(config, conf).nativeBytes())
        .as("outside of the heap")
        .isEqualTo(training.nativeBytes() + restoring.nativeBytes() - GIGA);
    FairConfig other = config.with("score.engine", "dl4j");
    assertThat(new RunJob().memory(other, conf).nativeBytes())
        .as("outside of the heap, where another engine calibrates")
        .isEqualTo(
            new TrainJob().memory(other, conf).nativeBytes() + restoring.nativeBytes() - GIGA)
        .isGreaterThan(new RunJob().memory(config, conf).nativeBytes());
    FairConfig sweep = config.with("sweep.grid", "{ model.width = [16, 64] }");
    assertThat(new SweepJob().memory(sweep, conf))
        .as("of the sweep")
        .isEqualTo(new RunJob().memory(config(64, 128, 8), conf));
  }

  @Test
  void aSweepSideBySideTrainsAModelInEveryTask() {
    SparkConf conf = yarn().set("spark.executor.cores", "4");
    FairConfig sweep = config(16, 128, 8).with("sweep.grid", "{ model.width = [16, 64] }");
    FairConfig widest = config(64, 128, 8);
    assertThat(new SweepJob().memory(sweep, conf))
        .isEqualTo(
            MemoryPlan.ofTraining(widest, TrainingEngine.DL4J, 1, 4, 4)
                .and(new EvaluateJob().memory(widest, conf)));
    assertThat(new SweepJob().memory(sweep.with("sweep.mode", "one-after-another"), conf))
        .as("each by all executors")
        .isEqualTo(new RunJob().memory(widest, conf));
  }

  @Test
  void detectingTakesAllTheNetworksOfTheMethod() {
    FairConfig config = config(16, 128, 8);
    int batch = config.evaluation().batchSize();
    InferenceEngine engine = InferenceEngine.ONEDNN;
    MemoryPlan restoration = MemoryPlan.ofDetecting(config, config.detectionMethod(), engine, 1);
    long first =
        MemoryEstimate.ofRestoring(engine, new UnetSpec(1, 16, true), batch, 128, 128).totalBytes();
    assertThat(restoration.nativeBytes())
        .as("of the restoration network alone, which has one channel")
        .isEqualTo(GIGA + (long) (1.2 * first));
    FairConfig two = config.with("method.kind", DiscriminativeMethod.NAME);
    MemoryPlan discriminative = MemoryPlan.ofDetecting(two, two.detectionMethod(), engine, 1);
    UnetSpec second = DiscriminatingMethod.discriminatorSpec(two.detection());
    long added =
        MemoryEstimate.ofRestoring(InferenceEngine.DL4J, second, batch, 128, 128).totalBytes();
    assertThat(discriminative.nativeBytes())
        .as("of both")
        .isEqualTo(GIGA + (long) (1.2 * (first + added)));
    assertThat(discriminative.heapBytes() - restoration.heapBytes())
        .as("two more copies on the heap")
        .isEqualTo(2L * Float.BYTES * second.stateLength());
    assertThat(MemoryPlan.ofDetecting(two, two.scoringMethod(), engine, 1))
        .as("scoring, which needs the first only")
        .isEqualTo(restoration);
  }

  @Test
  void trainingTakesAllTheNetworksOfTheMethod() {
    FairConfig config = config(16, 128, 8);
    FairConfig two = config.with("method.kind", DiscriminativeMethod.NAME);
    UnetSpec restoration = new UnetSpec(1, 16, true);
    UnetSpec second = DiscriminatingMethod.discriminatorSpec(two.detection());
    MemoryPlan one = MemoryPlan.ofTraining(config, TrainingEngine.DL4J, 2, 2, 4);
    MemoryPlan both = MemoryPlan.ofTraining(two, TrainingEngine.DL4J, 2, 2, 4);
    long first =
        MemoryEstimate.ofTraining(TrainingEngine.DL4J, restoration, 8, 128, 128).totalBytes();
    long added = MemoryEstimate.ofTraining(TrainingEngine.DL4J, second, 8, 128, 128).totalBytes();
    long restoring =
        MemoryEstimate.ofRestoring(InferenceEngine.DL4J, restoration, 1, 128, 128).totalBytes();
    assertThat(one.nativeBytes())
        .as("the restoration network in two workers")
        .isEqualTo(GIGA + (long) (1.2 * (2 * first)));
    assertThat(both.nativeBytes())
        .as("then two more tasks that restore, and the second network in one task")
        .isEqualTo(GIGA + (long) (1.2 * (2 * first + 2 * restoring + added)));
    assertThat(both.heapBytes())
        .as("the larger state, and its samples of more channels")
        .isGreaterThan(one.heapBytes());
  }

  @Test
  void tasksOfAnExecutorFollowFromItsCores() {
    assertThat(MemoryLimits.tasksTogether(new SparkConf(false).set("spark.master", "local[3]")))
        .as("local")
        .isEqualTo(3);
    assertThat(
            MemoryLimits.tasksTogether(
                yarn().set("spark.executor.cores", "8").set("spark.task.cpus", "2")))
        .as("on YARN")
        .isEqualTo(4);
    assertThat(
            MemoryLimits.tasksTogether(
                new SparkConf(false)
                    .set("spark.master", "yarn")
                    .set("spark.executor.memory", "4g")))
        .as("on YARN where nothing is said")
        .isEqualTo(1);
    assertThat(
            MemoryLimits.workersTogether(
                yarn().set("spark.executor.instances", "2"), OptionalInt.of(5)))
        .as("workers in the fuller of two executors")
        .isEqualTo(3);
    assertThat(MemoryLimits.workersTogether(yarn(), OptionalInt.empty()))
        .as("as many workers as executors")
        .isEqualTo(1);
  }
}
