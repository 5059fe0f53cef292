package org.fairspark.store.table;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.fairspark.metrics.ScoreDrift;
import org.fairspark.metrics.ScoreHistogram;

/**
 * Summary of a category's scored images in the record of a run.
 *
 * @param images number of images, readable or not
 * @param decisions images by decision
 * @param fresh images and suspicious images that this run scored
 * @param unreadable images by the reason why they cannot be read
 * @param model the category's, absent where there is none
 * @param drift from the scores of the calibration, absent without one
 * @param changes in what its images differ from those of the calibration, in words that begin with
 *     {@link #DIFFERENT}; else what of them does not, or empty
 * @param scores of its images
 * @param top the highest scores first
 */
public record CategoryScores(
    long images,
    Map<String, Long> decisions,
    Fresh fresh,
    Map<String, Long> unreadable,
    Optional<Model> model,
    Optional<ScoreDrift> drift,
    String changes,
    ScoreHistogram scores,
    List<TopScore> top) {

  /** The words that tell of images that are different. */
  public static final String DIFFERENT = "images are ";

  public CategoryScores {
    decisions = Collections.unmodifiableMap(new TreeMap<>(decisions));
    unreadable = Collections.unmodifiableMap(new TreeMap<>(unreadable));
    top = List.copyOf(top);
  }

  /** Returns whether its images differ from those of the calibration. */
  public boolean imagesDiffer() {
    return changes.startsWith(DIFFERENT);
  }

  /**
   * Images that the run scored itself.
   *
   * @param images how many
   * @param suspicious how many of them
   */
  public record Fresh(long images, long suspicious) {}

  /**
   * The model that scored.
   *
   * @param id its identity
   * @param calibration in words
   * @param threshold of image scores; empty without a calibration
   * @param calibrated scores of the held-out images; absent without a calibration
   */
  public record Model(
      String id,
      String calibration,
      OptionalDouble threshold,
      Optional<ScoreHistogram> calibrated) {}

  /**
   * An image of one of the highest scores.
   *
   * @param path where the file is, with its place in an archive
   * @param name below the data root
   * @param normalized 0.5 at the threshold; empty without a calibration
   * @param decision as in the table
   * @param overlay file name of its picture in {@link ScoresTable#OVERLAYS}; may be empty
   */
  public record TopScore(
      String path,
      String name,
      float score,
      Optional<Float> normalized,
      String decision,
      String overlay) {}

  /** Returns the number of images of one decision. */
  public long count(String decision) {
    return decisions.getOrDefault(decision, 0L);
  }
}
