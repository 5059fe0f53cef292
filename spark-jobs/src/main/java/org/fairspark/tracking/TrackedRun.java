package org.fairspark.tracking;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.fairspark.config.FairConfig;
import org.fairspark.store.OutputRoot;

/**
 * One execution of a command, as trackers are told of it.
 *
 * @param id of this execution alone
 * @param job the command, for example {@code run}
 * @param config its settings
 * @param root where its results go
 * @param began when it began
 * @param sparkVersion of the Spark that it runs on
 */
public record TrackedRun(
    UUID id, String job, FairConfig config, OutputRoot root, Instant began, String sparkVersion) {

  public TrackedRun {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(began, "began");
    Objects.requireNonNull(sparkVersion, "sparkVersion");
  }

  /** Returns an execution that begins now. */
  public static TrackedRun begin(
      String job, FairConfig config, OutputRoot root, String sparkVersion) {
    return new TrackedRun(UUID.randomUUID(), job, config, root, Instant.now(), sparkVersion);
  }
}
