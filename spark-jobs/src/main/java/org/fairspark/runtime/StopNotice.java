package org.fairspark.runtime;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A notice to the user of a job whose process is told to end by a signal: what it was doing, what
 * is kept, and that the same command goes on. Spark's own threads, which are interrupted then, say
 * nothing on the console any more; the log has it all.
 */
final class StopNotice {
  /** Before Spark stops, which it does at priority 50. */
  private static final int PRIORITY = 70;

  private final JobContext context;
  private final Runnable hook = this::endConsole;

  private StopNotice(JobContext context) {
    this.context = context;
  }

  /** Gives the notice if the process ends before this is closed. */
  static StopNotice whileRunning(JobContext context) {
    StopNotice notice = new StopNotice(context);
    ShutdownHookManager.get().addShutdownHook(notice.hook, PRIORITY);
    return notice;
  }

  private void endConsole() {
    tell(context);
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** Tells the user. */
  static void tell(JobContext context) {
    Terminal terminal = context.terminal();
    String doing = terminal.doing().map(words -> ", at " + words).orElse("");
    terminal.end(
        "stopped by a signal" + doing,
        "%s, output.root = %s".formatted(context.jobName(), context.config().output().root()),
        context.dryRun()
            ? "nothing was written; give the same command again"
            : "give the same command again: it goes on from the tables that are whole, the newest"
                + " checkpoint of training and the last commit of scores");
  }

  /** Ends the watch: the job has ended by itself. */
  void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
