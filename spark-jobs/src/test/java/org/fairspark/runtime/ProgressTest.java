package org.fairspark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.text.HumanUnits;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final HandClock clock = new HandClock();

  private Terminal terminal(boolean tty, boolean quiet) {
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Terminal(stream, stream, tty, tty, quiet, clock);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lineShowsDoneTotalRateAndTimeLeft() {
    Progress progress = new Progress(terminal(false, false), "prepare bottle", 2000, "images", 0);
    progress.add(500);
    progress.note("3 unreadable");
    assertThat(progress.line(10_000, 200))
        .as("500 of 2000 in 10 s")
        .isEqualTo(
            "prepare bottle                 500/2 000 images   25 %       50.0/s  0:30 left"
                + "  3 unreadable");
    assertThat(progress.line(10_000, 40)).as("cut to the terminal").hasSize(39);
  }

  @Test
  void workOfAnEarlierRunDoesNotRaiseTheRate() {
    Progress progress = new Progress(terminal(false, false), "train", 100, "steps", 0);
    progress.skip(90);
    progress.add(5);
    assertThat(progress.line(5_000, 200))
        .as("line")
        .contains("95/100")
        .contains("1.00/s  0:05 left");
  }

  @Test
  void whereNothingIsToBeDoneNothingIsTold() {
    Terminal terminal = terminal(false, false);
    terminal.progress("make samples", 0, "samples").close();
    assertThat(written()).as("no work").isEmpty();
    try (Progress unknown = terminal.progress("list", 0, "files")) {
      unknown.add(3);
    }
    assertThat(written()).as("work of unknown length").startsWith("list").contains("3 files");
  }

  @Test
  void followedCounterIsCappedAtTheTotal() {
    Progress progress = new Progress(terminal(false, false), "score", 10, "images", 0);
    progress.follow(() -> 12);
    assertThat(progress.done()).as("a retried task counts twice").isEqualTo(10);
  }

  @Test
  void withoutATerminalThereIsALineEveryTenSeconds() {
    Terminal terminal = terminal(false, false);
    Progress progress = terminal.progress("prepare", 100, "images");
    for (int second = 1; second <= 25; second++) {
      clock.millis = second * 1000L;
      progress.add(1);
      terminal.draw(clock.millis);
    }
    progress.close();
    assertThat(written().lines())
        .as("at 10 s, at 20 s, and the last")
        .hasSize(3)
        .last()
        .asString()
        .contains("25/100 images")
        .contains("in 0:25");
  }

  @Test
  void onATerminalTheLineIsRewritten() {
    Terminal terminal = terminal(true, false);
    Progress progress = terminal.progress("prepare", 100, "images");
    clock.millis = 1000;
    progress.add(1);
    terminal.draw(clock.millis);
    terminal.result("found something");
    progress.close();
    assertThat(written())
        .as("erased before other output")
        .startsWith("\rprepare")
        .contains("\r\u001b[Kfound something\n");
    assertThat(written().chars().filter(c -> c == '\n')).as("line feeds").hasSize(2);
  }

  @Test
  void quietShowsOnlyWarningsAndErrors() {
    Terminal terminal = terminal(false, true);
    try (Progress progress = terminal.progress("prepare", 1, "images")) {
      progress.add(1);
    }
    terminal.info("info");
    terminal.result("result");
    terminal.warn("look here");
    terminal.error("what", "where", "to do");
    assertThat(written().lines())
        .as("lines")
        .containsExactly("warning  look here", "error  what", "where  where", "to do  to do");
  }

  @Test
  void coloursOnlyOnATerminal() {
    terminal(true, false).warn("x");
    assertThat(written()).as("coloured").contains("\u001b[33mwarning");
  }

  @Test
  void countsFromManyThreadsAddUp() throws InterruptedException {
    Progress progress = new Progress(terminal(false, false), "x", 0, "y", 0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 10_000; j++) {
                  progress.add(1);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(progress.done()).as("sum").isEqualTo(40_000);
  }

  @Test
  void durationsReadWell() {
    assertThat(HumanUnits.clock(7)).as("seconds").isEqualTo("0:07");
    assertThat(HumanUnits.clock(3723)).as("hours").isEqualTo("1:02:03");
    assertThat(HumanUnits.clock(100_000)).as("days").isEqualTo("1 d 3 h");
    assertThat(HumanUnits.count(1_234_567)).as("grouped").isEqualTo("1 234 567");
    assertThat(Progress.speed(1234.4)).as("fast").isEqualTo("1 234");
    assertThat(Progress.speed(0.256)).as("slow").isEqualTo("0.26");
  }

  private static final class HandClock extends Clock {
    private volatile long millis;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }
}
