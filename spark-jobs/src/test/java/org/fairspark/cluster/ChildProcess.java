package org.fairspark.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server or a job in a process of its own, its output in a file. Closing it ends it and all that
 * it started.
 */
final class ChildProcess implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param name how messages call it
   * @param environment added to this process's own
   * @param folder its working folder; its output goes to {@code NAME.log} there
   */
  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path folder) {
    try {
      Files.createDirectories(folder);
      Path log = folder.resolve(name + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return new ChildProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name + ": " + String.join(" ", command), e);
    }
  }

  /**
   * Waits for a line that starts so, and gives what follows on it.
   *
   * @throws IllegalStateException with the output, where the process ends or the time runs out
   *     first
   */
  String awaitLine(String start, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      boolean alive = process.isAlive();
      Optional<String> line = output().lines().filter(l -> l.startsWith(start)).findFirst();
      if (line.isPresent()) {
        return line.get().substring(start.length()).strip();
      }
      if (!alive || System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s %s before it said '%s'; its output:%n%s"
                .formatted(name, alive ? "took over " + seconds + " s" : "ended", start, tail()));
      }
      pause();
    }
  }

  /** Writes a line to its standard input. */
  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not listen", e);
    }
  }

  /**
   * Waits for the end and gives the exit code.
   *
   * @throws IllegalStateException with the output, where the time runs out first
   */
  int awaitExit(int seconds) {
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(
        "%s did not end within %d s; its output:%n%s".formatted(name, seconds, tail()));
  }

  /** Returns all that it printed so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + log, e);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    try {
      // Servers of ours end with their standard input.
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    Processes.killTree(process.toHandle());
  }

  private String tail() {
    String all = output();
    return all.substring(Math.max(0, all.length() - 6000));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
