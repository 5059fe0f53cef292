package org.fairspark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JobRunnerTest {
  @Test
  void aNativeLibraryThatAnExecutorMayNotLoadIsToldWithTheCure() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    RuntimeException failure =
        new IllegalStateException(
            """
            Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure: Lost task 0.3 in stage 3.0 (TID 7) (10.0.0.5 executor 2): java.io.IOException: not written
            \tat org.example.Writer.write(Writer.java:1)
            Caused by: java.lang.ExceptionInInitializerError: Exception java.lang.UnsatisfiedLinkError: /tmp/libzstd-jni-1.5.5-4.so: failed to map segment from shared object [in thread "task"]
            """);

    JobRunner.report(failure, "prepare", Terminal.plain(stream, stream));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("a native library could not be loaded (noexec?): java.lang.ExceptionInInit")
        .contains("/tmp/libzstd-jni-1.5.5-4.so: failed to map segment")
        .contains(", on 10.0.0.5 executor 2")
        .contains("spark.executor.extraJavaOptions");
  }
}
