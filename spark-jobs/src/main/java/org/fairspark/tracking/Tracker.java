package org.fairspark.tracking;

import java.io.IOException;

/** A server that is told of one execution of a command: its begin, then its end. */
interface Tracker {
  /** Returns the server as a message names it, with its address. */
  String name();

  /**
   * Tells that the command begins.
   *
   * @throws IOException if the server cannot be reached or refuses
   */
  void began(TrackedRun run) throws IOException, InterruptedException;

  /** Tells that it is done; its files are in the output root. */
  void done(TrackedRun run) throws IOException, InterruptedException;

  /**
   * Tells that it failed.
   *
   * @param reason in one line
   */
  void failed(TrackedRun run, String reason) throws IOException, InterruptedException;
}
