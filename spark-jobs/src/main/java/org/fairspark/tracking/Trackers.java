package org.fairspark.tracking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.fairspark.config.TrackingConfig;

/**
 * All servers that the configuration names. One that cannot be reached, or refuses, gets one
 * warning and is told nothing more; a job does not fail by it, and does not wait for it longer than
 * {@link Rest#PATIENCE} at its begin and at its end.
 */
public final class Trackers {
  private final List<Tracker> trackers = new ArrayList<>();
  private final Consumer<String> warnings;

  private Trackers(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /**
   * Returns the servers that a command tells.
   *
   * @param warnings takes a line for each server that fails
   */
  public static Trackers of(TrackingConfig config, String job, Consumer<String> warnings) {
    Trackers all = new Trackers(warnings);
    if (Mlflow.takes(job)) {
      config.mlflow().uri().ifPresent(uri -> all.trackers.add(new Mlflow(config.mlflow(), uri)));
    }
    config
        .openlineage()
        .url()
        .ifPresent(url -> all.trackers.add(new OpenLineage(config.openlineage(), url)));
    return all;
  }

  /** Returns whether nobody is told. */
  public boolean isEmpty() {
    return trackers.isEmpty();
  }

  /** Tells that a command begins. */
  public void began(TrackedRun run) {
    tell(tracker -> tracker.began(run));
  }

  /** Tells that it is done. */
  public void done(TrackedRun run) {
    tell(tracker -> tracker.done(run));
  }

  /** Tells that it failed, and why. */
  public void failed(TrackedRun run, String reason) {
    tell(tracker -> tracker.failed(run, reason));
  }

  private interface Message {
    void to(Tracker tracker) throws IOException, InterruptedException;
  }

  private void tell(Message message) {
    for (Iterator<Tracker> left = trackers.iterator(); left.hasNext(); ) {
      Tracker tracker = left.next();
      try {
        message.to(tracker);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | RuntimeException e) {
        left.remove();
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        warnings.accept(
            "%s is not told of this run: %s"
                .formatted(tracker.name(), reason.lines().findFirst().orElse("")));
      }
    }
  }
}
