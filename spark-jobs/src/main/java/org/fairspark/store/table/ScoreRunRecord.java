package org.fairspark.store.table;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The record of one {@code score} run, {@code scores/_runs/RUN.json}.
 *
 * @param run its name; names sort by time
 * @param started when it first began
 * @param settings fingerprint of the settings; a run that was killed goes on only with the same
 * @param dataRoot where the images are
 * @param versions of this program and what it stands on
 * @param configuration the resolved configuration, nested by section
 * @param scoring what scoring took; absent before it ended and where nothing was to be scored
 * @param outcome absent before the run ended
 */
public record ScoreRunRecord(
    String run,
    Instant started,
    String settings,
    String dataRoot,
    Map<String, String> versions,
    Map<String, Object> configuration,
    Optional<Scoring> scoring,
    Optional<RunSummary> outcome) {

  public ScoreRunRecord {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
  }

  /**
   * The work of a run.
   *
   * @param seconds wall-clock time
   * @param read images read
   * @param unchanged images read whose content had not changed, so that they kept their scores
   */
  public record Scoring(double seconds, long read, long unchanged) {}

  /**
   * The results of a run that ended.
   *
   * @param finished when
   * @param listed images that are there
   * @param upToDate of them, not scored again
   * @param removed scored once and gone
   * @param files account of all files below the data root, as plain values
   * @param changes decisions of this run against those before, such as "normal -> suspicious", to
   *     the number of images
   * @param driftNotes a sentence for each category that looks different
   * @param categories by name; the empty name holds images without a model
   */
  public record RunSummary(
      Instant finished,
      long listed,
      long upToDate,
      long removed,
      Map<String, Object> files,
      SortedMap<String, Long> changes,
      List<String> driftNotes,
      SortedMap<String, CategoryScores> categories) {
    public RunSummary {
      files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
      changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
      driftNotes = List.copyOf(driftNotes);
      categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    }
  }

  /** Returns the record of the same run after scoring. */
  public ScoreRunRecord with(Scoring done) {
    return new ScoreRunRecord(
        run, started, settings, dataRoot, versions, configuration, Optional.of(done), outcome);
  }

  /** Returns the record of the same run when it has ended. */
  public ScoreRunRecord with(RunSummary ended) {
    return new ScoreRunRecord(
        run, started, settings, dataRoot, versions, configuration, scoring, Optional.of(ended));
  }
}
