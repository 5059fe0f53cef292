package org.fairspark.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.fairspark.text.Json;

/**
 * The process that works on an output root, as its lock file names it.
 *
 * @param token unlike that of any other holder
 * @param job the command
 * @param owner the Spark application's id
 * @param host name of the driver's machine
 * @param pid the driver's process
 * @param processStarted when that process started, ISO 8601; tells it from a later one of its
 *     number
 * @param since when the lock was taken, ISO 8601
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LockHolder(
    String token,
    String job,
    String owner,
    String host,
    long pid,
    String processStarted,
    String since) {
  static LockHolder thisProcess(String job, String owner) {
    ProcessHandle self = ProcessHandle.current();
    return new LockHolder(
        UUID.randomUUID().toString(),
        job,
        owner,
        hostName(),
        self.pid(),
        started(self),
        Instant.now().toString());
  }

  /** Returns the holder in a lock file, or nothing if the text is not whole. */
  static Optional<LockHolder> parse(String text) {
    try {
      return Optional.of(Json.parse(text, LockHolder.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  String toJson() {
    return Json.line(this);
  }

  /**
   * Tells whether the process is known to have ended: it ran on this machine and is not running
   * now.
   */
  boolean isGone() {
    if (!host.equals(hostName())) {
      return false;
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> processStarted.isEmpty() || started(process).equals(processStarted))
        .isEmpty();
  }

  String describe() {
    return "%s, process %d on %s, since %s".formatted(job, pid, host, since);
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return System.getenv().getOrDefault("HOSTNAME", "unknown");
    }
  }
}
