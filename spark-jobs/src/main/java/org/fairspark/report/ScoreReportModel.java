package org.fairspark.report;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The contents of a score run's report, as plain data.
 *
 * @param name a short name, for example the output folder's
 * @param dataRoot where the images are
 * @param listed images that are there
 * @param upToDate of them, not scored again
 * @param removed scored once and gone
 * @param imagesPerSecond of this run; empty if it scored none
 * @param changes this run's decisions against those before, in words, with counts
 * @param notes what a reader must know first, such as a category that looks different
 */
public record ScoreReportModel(
    String name,
    String dataRoot,
    Instant started,
    Instant finished,
    long listed,
    long upToDate,
    long removed,
    OptionalDouble imagesPerSecond,
    List<ScoredCategory> categories,
    List<Counted> changes,
    List<String> notes,
    List<ReportModel.Fact> versions) {

  public ScoreReportModel {
    categories = List.copyOf(categories);
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
    versions = List.copyOf(versions);
  }

  /** A thing in words and its number of occurrences. */
  public record Counted(String what, long count) {}

  /**
   * A category.
   *
   * @param fresh images that this run scored
   * @param threshold of image scores; empty without a calibration
   * @param calibration in words
   * @param drift how far the scores are from the calibration's, in words; may be empty
   * @param different what of the images is different beyond chance, in a word or two; empty if
   *     nothing is
   * @param scores of its images
   * @param calibrated scores of the held-out images; of the same steps
   * @param unreadable by reason
   * @param top the highest scores first
   */
  public record ScoredCategory(
      String name,
      long images,
      long suspicious,
      long fresh,
      long freshSuspicious,
      OptionalDouble threshold,
      String calibration,
      String drift,
      String different,
      Steps scores,
      Steps calibrated,
      List<Counted> unreadable,
      List<TopImage> top) {

    public ScoredCategory {
      unreadable = List.copyOf(unreadable);
      top = List.copyOf(top);
    }

    long unreadableImages() {
      return unreadable.stream().mapToLong(Counted::count).sum();
    }
  }

  /** Counts by equal steps from low to high. */
  public record Steps(double low, double high, List<Long> counts) {
    public Steps {
      counts = List.copyOf(counts);
    }

    boolean isEmpty() {
      return counts.stream().allMatch(c -> c == 0);
    }
  }

  /**
   * One of the highest scores.
   *
   * @param name below the data root
   * @param link where the file is
   * @param picture PNG or JPEG; empty if there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record TopImage(
      String name,
      String link,
      double score,
      OptionalDouble normalized,
      boolean suspicious,
      byte[] picture) {}
}
