package org.fairspark.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietErrorsTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void catchErrors() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void letErrorsPass() {
    System.setErr(before);
  }

  @Test
  void threadsThatEndBadlyWhileSparkStopsAreNotHeard() {
    QuietErrors.during(
        () -> {
          new RejectedExecutionException("shutting down").printStackTrace();
          Thread thread =
              new Thread(
                  () -> {
                    throw new IllegalStateException("interrupted");
                  });
          thread.start();
          try {
            thread.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .doesNotContain("RejectedExecutionException", "IllegalStateException");
    System.err.print("error  a file cannot be read");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .as("what is said afterwards")
        .endsWith("error  a file cannot be read");
  }

  @Test
  void errorsAreHeardAgainWhereStoppingFails() {
    assertThatThrownBy(
            () ->
                QuietErrors.during(
                    () -> {
                      throw new IllegalStateException("cannot be stopped");
                    }))
        .hasMessage("cannot be stopped");
    System.err.print("heard");
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("heard");
  }
}
