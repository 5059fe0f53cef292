package org.fairspark.runtime;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A keeper of what is printed to {@link System#err} while something is stopped: it goes to the log
 * instead. Threads of Spark that still work when it is stopped, as after a failure, end with stack
 * traces that they print past every logging, and that say nothing of the failure.
 */
final class QuietErrors {
  private static final Logger LOG = LoggerFactory.getLogger(QuietErrors.class);

  private QuietErrors() {}

  /** Runs something, and logs what is printed meanwhile when it is done. */
  static void during(Runnable stop) {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      stop.run();
    } finally {
      System.setErr(before);
      String text = printed.toString(StandardCharsets.UTF_8);
      if (!text.isBlank()) {
        LOG.info("printed while Spark was stopped:\n{}", text);
      }
    }
  }
}
