package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fairspark.failure.FairException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkFitTest {
  @Test
  void theTestsOwnSparkFits() {
    assertThatCode(SparkFit::require).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.9, 17",
    "3.5.9, 21",
    "4.1.3, 21",
    "4.2.0, 17",
    "4.2.0, 25",
    "10.0, 30",
    "own, 25"
  })
  void fits(String spark, int java) {
    assertThatCode(() -> SparkFit.require(spark, java, "/java")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"2.4.8, 17", "3.3.4, 17", "3.4.1, 21"})
  void refusesAnOldSpark(String spark, int java) {
    assertThatThrownBy(() -> SparkFit.require(spark, java, "/java"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("Spark " + spark + " is too old")
        .hasMessageContaining("Spark 3.5 and later");
  }

  @ParameterizedTest
  @CsvSource({"3.5.9, 25", "4.0.0, 24", "4.1.3, 25"})
  void refusesAJavaThatTheSparkDoesNotTake(String spark, int java) {
    assertThatThrownBy(() -> SparkFit.require(spark, java, "/java"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("Spark " + spark + " does not run on Java " + java)
        .hasMessageContaining("take Java 17 or 21")
        .hasMessageContaining("/java");
  }
}
