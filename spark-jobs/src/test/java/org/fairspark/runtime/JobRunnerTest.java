package org.fairspark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobRunnerTest {
  private static String reported(Throwable failure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    JobRunner.report(failure, "prepare", Terminal.plain(stream, stream));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "/tmp/blockmgr-1/0a/temp_shuffle_2 (No space left on device)",
        "Disk quota exceeded",
        "The DiskSpace quota of /out is exceeded: quota = 10 B but diskspace consumed = 384 MB",
        "Task 0 failed: Lost task 0.3 in stage 3.0 (TID 7) (10.0.0.5 executor 2): java.io.IOException:"
            + " No space left on device"
      })
  void aFullDiskIsToldWithTheCure(String message) {
    assertThat(reported(new UncheckedIOException(new IOException(message))))
        .contains("there is no room left to write: ")
        .contains("make room below output.root", "spark.local.dir", "the same command then goes on")
        .matches(
            text -> text.contains(", on 10.0.0.5 executor 2") == message.contains("Lost task"));
  }

  @Test
  void aNativeLibraryThatAnExecutorMayNotLoadIsToldWithTheCure() {
    RuntimeException failure =
        new IllegalStateException(
            """
            Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure: Lost task 0.3 in stage 3.0 (TID 7) (10.0.0.5 executor 2): java.io.IOException: not written
            \tat org.example.Writer.write(Writer.java:1)
            Caused by: java.lang.ExceptionInInitializerError: Exception java.lang.UnsatisfiedLinkError: /tmp/libzstd-jni-1.5.5-4.so: failed to map segment from shared object [in thread "task"]
            """);

    assertThat(reported(failure))
        .contains("a native library could not be loaded (noexec?): java.lang.ExceptionInInit")
        .contains("/tmp/libzstd-jni-1.5.5-4.so: failed to map segment")
        .contains(", on 10.0.0.5 executor 2")
        .contains("spark.executor.extraJavaOptions");
  }
}
