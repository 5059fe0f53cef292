package org.fairspark.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The Java processes of a Spark application among those that a test started, with a way to end them
 * as a crash would: {@code kill -9}, no shutdown hooks.
 */
final class Processes {
  /** In the command line of every standalone and Kubernetes executor, and of YARN's. */
  static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  private static final long POLL_MILLIS = 20;

  private Processes() {}

  /**
   * Returns the executors below a process, oldest first.
   *
   * @param root what started them, directly or not: a standalone worker, the YARN mini cluster
   */
  static List<ProcessHandle> executors(ProcessHandle root) {
    return find(root, EXECUTOR);
  }

  /**
   * Returns the Java processes below a process whose command line contains a text, oldest first.
   */
  static List<ProcessHandle> find(ProcessHandle root, String text) {
    return root.descendants()
        .filter(p -> isJava(p) && commandLine(p).contains(text))
        .sorted(
            Comparator.comparing(
                    (ProcessHandle p) -> p.info().startInstant().orElse(java.time.Instant.MAX))
                .thenComparing(ProcessHandle::pid))
        .toList();
  }

  /** Kills a process at once and waits until it is gone. */
  static void kill(ProcessHandle process) {
    CompletableFuture<ProcessHandle> gone = process.onExit();
    process.destroyForcibly();
    gone.completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      throw new IllegalStateException("Process " + process.pid() + " survived a kill");
    }
  }

  /** Kills a process and all below it. */
  static void killTree(ProcessHandle root) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(root), root.descendants()).filter(ProcessHandle::isAlive).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(p -> p.onExit().completeOnTimeout(p, 10, TimeUnit.SECONDS).join());
  }

  /**
   * Waits until something holds.
   *
   * @throws IllegalStateException naming what was waited for, after the given seconds
   */
  static void await(String what, int seconds, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("Not within " + seconds + " s: " + what);
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for " + what, e);
      }
    }
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().map(c -> c.endsWith("/java")).orElse(false);
  }

  private static String commandLine(ProcessHandle process) {
    // ProcessHandle cuts it at a page, and a class path can be longer than that.
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }
}
