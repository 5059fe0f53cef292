package org.fairspark.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The comparison of every stage with the vectors of the paper's own code (skipped, with a message,
 * if the folder is absent) and with a small set in this repository.
 */
class GoldenVectorsTest {
  private static final List<GoldenStage> STAGES =
      List.of(
          new ResizeGoldens(),
          new FilterGoldens(),
          new CorruptionGoldens(),
          new LossGoldens(),
          new AnomalyGoldens(),
          new NetworkGoldens(),
          new PytorchGoldens(),
          new MetricsGoldens(),
          new PipelineGoldens());

  private static Optional<GoldenSet> golden = Optional.empty();

  @BeforeAll
  static void open() {
    golden = GoldenSet.open();
  }

  @TestFactory
  Stream<DynamicTest> everyStageEqualsThePapersCode() {
    assumeTrue(
        golden.isPresent(),
        "no golden vectors at " + System.getProperty("fair.golden") + ": skipped");
    return tests(golden.orElseThrow());
  }

  /** Compares with the small set in this repository, which is never skipped. */
  @TestFactory
  Stream<DynamicTest> everyStageEqualsASecondComputation() {
    return tests(GoldenSet.small());
  }

  private static Stream<DynamicTest> tests(GoldenSet set) {
    return Stream.concat(
        STAGES.stream().flatMap(stage -> stage.tests(set)),
        Stream.of(
            DynamicTest.dynamicTest(
                "no output of the set is left unchecked",
                () ->
                    assertThat(set.unchecked())
                        .as("golden outputs that no stage compares")
                        .isEmpty())));
  }

  @AfterAll
  static void report() {
    golden.ifPresent(
        set -> System.out.println("golden: " + set.checkedCount() + " arrays checked"));
  }
}
