package org.fairspark.job.sweep;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.metrics.MetricsFile;

/**
 * The {@code cell.json} of every finished trial. Written once, read once; trials may be recorded by
 * several threads.
 */
final class TrialRecords {
  private static final String FILE = "cell.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final OutputRoot root;
  private final Map<Trial, TrialRecord> finished = new ConcurrentHashMap<>();

  TrialRecords(OutputRoot root) {
    this.root = root;
  }

  private Path file(Trial trial) {
    return new Path(new Path(root.path(), trial.folder()), FILE);
  }

  /** Returns the record of a finished trial. */
  Optional<TrialRecord> find(Trial trial) {
    TrialRecord known = finished.get(trial);
    if (known != null) {
      return Optional.of(known);
    }
    String text = root.readText(file(trial));
    try {
      Optional<TrialRecord> record =
          text == null ? Optional.empty() : TrialRecord.of(trial, JSON.readTree(text));
      record.ifPresent(found -> finished.put(trial, found));
      return record;
    } catch (IOException e) {
      throw FairException.failed(
          "a finished run's record cannot be read: " + e.getMessage(),
          file(trial).toString(),
          "remove it: that run is done again then",
          e);
    }
  }

  /**
   * Records a finished trial.
   *
   * @param trialRoot its output root
   * @param took what it took, without what it shares with trials before it
   */
  void add(Trial trial, OutputRoot trialRoot, Duration took) throws IOException {
    TrialRecord record =
        TrialRecord.of(trial, new MetricsFile(trialRoot).read().orElseThrow(), took);
    root.writeText(file(trial), JSON.writeValueAsString(record.toJson()) + "\n");
    finished.put(trial, record);
  }
}
