package org.fairspark.runtime;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The terminal: messages and progress on standard error, results on standard output. Thread-safe.
 *
 * <p>On a terminal the newest progress is one line that is rewritten; elsewhere it becomes a line
 * at most every ten seconds. Colours are only used on a terminal, and not with {@code NO_COLOR}.
 */
public final class Terminal {
  private static final long TTY_MILLIS = 200;
  private static final long PLAIN_MILLIS = 10_000;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean tty;
  private final boolean colors;
  private final boolean quiet;
  private final Clock clock;
  private final List<Progress> active = new ArrayList<>();
  private String openLine = "";
  private boolean ended;
  private Thread ticker;

  Terminal(
      PrintStream out, PrintStream err, boolean tty, boolean colors, boolean quiet, Clock clock) {
    this.out = out;
    this.err = err;
    this.tty = tty;
    this.colors = colors;
    this.quiet = quiet;
    this.clock = clock;
  }

  /**
   * Returns the process's own streams.
   *
   * @param quiet shows errors and warnings only
   */
  public static Terminal system(boolean quiet) {
    String said = System.getProperty("fair.terminal");
    @SuppressWarnings("SystemConsoleNull") // submit.sh says it; without, Java 17's answer will do.
    boolean tty = said == null ? System.console() != null : said.equals("true");
    boolean colors = tty && System.getenv("NO_COLOR") == null;
    return new Terminal(System.out, System.err, tty, colors, quiet, Clock.systemUTC());
  }

  /** Returns a terminal that writes plain lines to the given streams, for tests and embedding. */
  public static Terminal plain(PrintStream out, PrintStream err) {
    return new Terminal(out, err, false, false, false, Clock.systemUTC());
  }

  /** Writes a line of the result to standard output; left out when quiet. */
  public synchronized void result(String line) {
    if (!quiet && !ended) {
      eraseLine();
      out.println(line);
      out.flush();
    }
  }

  /** Writes a line to standard output even when quiet: what {@code --json} prints. */
  public synchronized void data(String line) {
    if (ended) {
      return;
    }
    eraseLine();
    out.println(line);
    out.flush();
  }

  /** Shows a line that is worth knowing; left out when quiet. */
  public synchronized void info(String line) {
    if (!quiet) {
      message(line);
    }
  }

  /** Shows a line that people should look at, even when quiet. */
  public synchronized void warn(String line) {
    message(paint("33", "warning") + "  " + line);
  }

  /** Shows a failure: what, where, and what to do; shown even when quiet. */
  public synchronized void error(String what, String where, String whatToDo) {
    message(paint("31", "error") + "  " + indent(what));
    message("where  " + indent(where));
    message("to do  " + indent(whatToDo));
  }

  /**
   * Shows a failure as the last of all: what threads say later that the end of the process
   * interrupts is not shown.
   */
  synchronized void end(String what, String where, String whatToDo) {
    error(what, where, whatToDo);
    ended = true;
  }

  /** Returns the newest progress in words, such as {@code "train bottle, 3/24 samples"}. */
  synchronized Optional<String> doing() {
    return active.isEmpty() ? Optional.empty() : Optional.of(active.get(active.size() - 1).words());
  }

  /**
   * Starts showing progress. Close it when the work is done.
   *
   * @param label what is being done, for example {@code "train bottle"}
   * @param total how many units there are; 0 if not known
   * @param unit what is counted, for example {@code "images"}
   */
  public synchronized Progress progress(String label, long total, String unit) {
    Progress progress = new Progress(this, label, total, unit, clock.millis());
    active.add(progress);
    if (ticker == null && !quiet) {
      ticker = new Thread(this::tick, "fair-progress");
      ticker.setDaemon(true);
      ticker.start();
    }
    return progress;
  }

  private void tick() {
    while (true) {
      try {
        Thread.sleep(TTY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      synchronized (this) {
        if (active.isEmpty()) {
          ticker = null;
          return;
        }
        draw(clock.millis());
      }
    }
  }

  /** Shows the active progress, if it is time to. */
  synchronized void draw(long now) {
    if (quiet || ended) {
      return;
    }
    if (tty) {
      if (!active.isEmpty()) {
        String line = active.get(active.size() - 1).line(now, columns());
        if (!line.equals(openLine)) {
          err.print("\r" + line + "\u001b[K");
          err.flush();
          openLine = line;
        }
      }
      return;
    }
    for (Progress progress : active) {
      if (progress.isDue(now, PLAIN_MILLIS)) {
        err.println(progress.line(now, Integer.MAX_VALUE));
      }
    }
    err.flush();
  }

  synchronized void finished(Progress progress) {
    if (active.remove(progress) && !progress.isEmpty()) {
      info(progress.lastLine(clock.millis(), tty ? columns() : Integer.MAX_VALUE));
    }
  }

  private void message(String line) {
    if (ended) {
      return;
    }
    eraseLine();
    err.println(line);
    err.flush();
  }

  private void eraseLine() {
    if (!openLine.isEmpty()) {
      err.print("\r\u001b[K");
      openLine = "";
    }
  }

  private String paint(String color, String text) {
    return colors ? "\u001b[" + color + "m" + text + "\u001b[0m" : text;
  }

  private static String indent(String text) {
    return text.replace("\n", "\n       ");
  }

  private static int columns() {
    try {
      return Math.max(40, Integer.parseInt(System.getProperty("fair.columns", "100")));
    } catch (NumberFormatException e) {
      return 100;
    }
  }
}
