package org.fairspark.runtime;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.fairspark.text.HumanUnits;

/**
 * The progress of a long piece of work: done, total, rate, time left. Thread-safe.
 *
 * <p>Fed by {@link #add} or {@link #update}, or by a counter that is looked at now and then, such
 * as a Spark accumulator: {@code progress.follow(accumulator::value)}.
 */
public final class Progress implements AutoCloseable {
  private static final int LABEL_WIDTH = 26;

  private final Terminal terminal;
  private final String label;
  private final long total;
  private final String unit;
  private final long startedMillis;
  private final AtomicLong done = new AtomicLong();
  private volatile LongSupplier followed;
  private volatile String note = "";
  private volatile Runnable whenClosed = () -> {};
  private final AtomicLong skipped = new AtomicLong();
  private long shownMillis;

  Progress(Terminal terminal, String label, long total, String unit, long startedMillis) {
    this.terminal = terminal;
    this.label = label;
    this.total = total;
    this.unit = unit;
    this.startedMillis = startedMillis;
    this.shownMillis = startedMillis;
  }

  /** Counts more units as done. */
  public void add(long more) {
    done.addAndGet(more);
  }

  /** Sets how many units are done. */
  public void update(long now) {
    done.set(now);
  }

  /**
   * Takes the count from a supplier from now on; retried tasks may count twice, so it is capped.
   */
  public void follow(LongSupplier counter) {
    followed = counter;
  }

  /** Counts units as done that took no time now, such as those of an earlier run. */
  public void skip(long already) {
    done.addAndGet(already);
    skipped.addAndGet(already);
  }

  /** Sets a short remark at the end of the line, such as {@code "loss 0.123"}. */
  public void note(String text) {
    note = text;
  }

  public long done() {
    LongSupplier counter = followed;
    long count = counter == null ? done.get() : counter.getAsLong() + skipped.get();
    return total > 0 ? Math.min(count, total) : count;
  }

  /** Units done now, without those of an earlier run. */
  long fresh() {
    return done() - skipped.get();
  }

  /** Adds an action to run once, when the work is done. */
  void whenClosed(Runnable action) {
    whenClosed = action;
  }

  /** Ends the progress with a last line that says how long it took. */
  @Override
  public void close() {
    whenClosed.run();
    whenClosed = () -> {};
    terminal.finished(this);
  }

  /** Returns whether there is nothing to do, and nothing was done. */
  boolean isEmpty() {
    return total == 0 && done() == 0;
  }

  /** Returns what is being done and how far it is. */
  String words() {
    String of = total > 0 ? "/" + HumanUnits.count(total) : "";
    return "%s, %s%s %s".formatted(label, HumanUnits.count(done()), of, unit);
  }

  boolean isDue(long now, long everyMillis) {
    if (now - shownMillis < everyMillis) {
      return false;
    }
    shownMillis = now;
    return true;
  }

  String line(long now, int columns) {
    long count = done();
    StringBuilder line = counts(count);
    double rate = rate(count, now);
    if (rate > 0) {
      line.append(String.format(Locale.ROOT, "  %9s/s", speed(rate)));
      if (total > count) {
        line.append("  ").append(HumanUnits.clock((total - count) / rate)).append(" left");
      }
    }
    return finish(line, columns);
  }

  String lastLine(long now, int columns) {
    long count = done();
    StringBuilder line = counts(count);
    double rate = rate(count, now);
    line.append(rate > 0 ? String.format(Locale.ROOT, "  %9s/s", speed(rate)) : " ".repeat(13));
    line.append("  in ").append(HumanUnits.clock((now - startedMillis) / 1000.0));
    return finish(line, columns);
  }

  private StringBuilder counts(long count) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s", label));
    String of = total > 0 ? "/" + HumanUnits.count(total) : "";
    int width = Math.max(6, HumanUnits.count(total).length());
    line.append(
        String.format(Locale.ROOT, "  %" + width + "s%s %s", HumanUnits.count(count), of, unit));
    if (total > 0) {
      line.append(String.format(Locale.ROOT, "  %3d %%", count * 100 / total));
    }
    return line;
  }

  private String finish(StringBuilder line, int columns) {
    if (!note.isEmpty()) {
      line.append("  ").append(note);
    }
    return line.length() < columns ? line.toString() : line.substring(0, columns - 1);
  }

  /**
   * Returns the units per second since the start, not counting skipped ones; 0 while nothing can be
   * said.
   */
  private double rate(long count, long now) {
    long millis = now - startedMillis;
    return millis > 0 && count > skipped.get() ? (count - skipped.get()) * 1000.0 / millis : 0;
  }

  static String speed(double rate) {
    if (rate >= 100) {
      return HumanUnits.count(Math.round(rate));
    }
    return String.format(Locale.ROOT, rate >= 10 ? "%.1f" : "%.2f", rate);
  }
}
