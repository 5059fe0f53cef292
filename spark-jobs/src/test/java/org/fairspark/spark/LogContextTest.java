package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.fairspark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @Test
  void tasksKnowStageAndCategoryAndForgetTheImageOfTheLastTask() throws Exception {
    List<String> said =
        LogContext.within(
            SPARK.sparkContext(),
            LogContext.STAGE,
            "train nut",
            () ->
                LogContext.within(
                    SPARK.sparkContext(), LogContext.CATEGORY, "nut", LogContextTest::ask));
    assertThat(said)
        .as("stage, category and image at the start of each task")
        .hasSize(8)
        .containsOnly("train nut, nut, null");
    assertThat(MDC.get(LogContext.STAGE)).as("in this thread").isNull();
  }

  /** Runs more tasks than threads; each leaves an image behind. */
  private static List<String> ask() {
    return JavaSparkContext.fromSparkContext(SPARK.sparkContext())
        .parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8), 8)
        .map(
            number -> {
              String said =
                  MDC.get(LogContext.STAGE)
                      + ", "
                      + MDC.get(LogContext.CATEGORY)
                      + ", "
                      + MDC.get(LogContext.IMAGE);
              LogContext.image("nut", "nut/" + number);
              return said;
            })
        .collect();
  }

  @Test
  void innerValuesGiveWayToOuterOnes() throws Exception {
    String after =
        LogContext.within(
            SPARK.sparkContext(),
            LogContext.STAGE,
            "outer",
            () -> {
              LogContext.within(
                  SPARK.sparkContext(), LogContext.STAGE, "inner", () -> MDC.get(LogContext.STAGE));
              return MDC.get(LogContext.STAGE);
            });
    assertThat(after).as("after the inner").isEqualTo("outer");
  }
}
