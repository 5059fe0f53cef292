package org.fairspark.job.sweep;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.fairspark.store.JsonFile;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.EvaluationResults;

/**
 * The {@code cell.json} of every finished trial. Written once, read once; trials may be recorded by
 * several threads.
 */
final class TrialRecords {
  private static final String FILE = "cell.json";

  private final OutputRoot root;
  private final Map<Trial, TrialRecord> finished = new ConcurrentHashMap<>();

  TrialRecords(OutputRoot root) {
    this.root = root;
  }

  private JsonFile file(Trial trial) {
    return new JsonFile(
        root,
        new Path(new Path(root.path(), trial.folder()), FILE),
        "remove it: that run is done again then");
  }

  /** Returns the record of a finished trial. */
  Optional<TrialRecord> find(Trial trial) {
    TrialRecord known = finished.get(trial);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<TrialRecord> record = file(trial).read().flatMap(node -> TrialRecord.of(trial, node));
    record.ifPresent(found -> finished.put(trial, found));
    return record;
  }

  /**
   * Records a finished trial.
   *
   * @param evaluated its metrics
   * @param took what it took, without what it shares with trials before it
   */
  void add(Trial trial, EvaluationResults evaluated, Duration took) throws IOException {
    TrialRecord record = TrialRecord.of(trial, evaluated, took);
    file(trial).write(record.toJson());
    finished.put(trial, record);
  }
}
