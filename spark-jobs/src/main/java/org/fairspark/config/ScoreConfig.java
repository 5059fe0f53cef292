package org.fairspark.config;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code score.*}.
 *
 * @param model folder of one trained model, or of a folder of them by category
 * @param category of all images; empty finds it by the pattern
 * @param categoryPattern regular expression on an image's path below the data root, whose first
 *     group is the category; empty takes the first folder that is named as a model
 * @param input table that names the images to score; empty takes all below the data root
 * @param largeImages what to do with images larger than the model's
 * @param tileOverlap of neighbouring tiles, in pixels
 * @param maps which anomaly maps to keep
 * @param top number of images per category that get an overlay
 * @param commitImages most images per commit
 * @param engine what restores images
 * @param readAttempts how often to read before a file system counts as failing
 * @param changes by what a changed image is recognised
 * @param driftTolerance share of images that may have any score before a category looks different
 */
public record ScoreConfig(
    @Absent("none") Optional<String> model,
    @Absent("auto") Optional<String> category,
    @Absent("none") Optional<String> categoryPattern,
    @Absent("none") Optional<String> input,
    LargeImages largeImages,
    int tileOverlap,
    Maps maps,
    int top,
    int commitImages,
    EngineSetting engine,
    int readAttempts,
    Changes changes,
    double driftTolerance) {

  /** The ways to handle images larger than the model's. */
  public enum LargeImages {
    RESIZE,
    TILE
  }

  /** The anomaly maps that are kept. */
  public enum Maps {
    ALL,
    SUSPICIOUS,
    NONE
  }

  /** The ways to recognise a changed image. */
  public enum Changes {
    TIME,
    CONTENT
  }

  public ScoreConfig {
    Objects.requireNonNull(largeImages, "largeImages");
    model = Locations.expanded("score.model", model);
    input = Locations.expanded("score.input", input);
    new Checks()
        .require(
            model.isEmpty() || !model.get().isBlank(),
            "score.model",
            model.orElse(""),
            "must be the folder of a trained model, or none")
        .require(
            category.isEmpty() || category.get().matches("[^./\\\\][^/\\\\]*"),
            "score.category",
            category.orElse(""),
            "must be the name of a category, or auto")
        .require(
            categoryPattern.isEmpty() || hasGroup(categoryPattern.get()),
            "score.category-pattern",
            categoryPattern.orElse(""),
            "must be a regular expression with a group for the category, or none")
        .require(
            input.isEmpty() || !input.get().isBlank(),
            "score.input",
            input.orElse(""),
            "must be a table of images (CSV, JSON lines or Parquet), or none")
        .require(
            tileOverlap >= 16 && tileOverlap % 16 == 0,
            "score.tile-overlap",
            tileOverlap,
            "must be a multiple of 16")
        .between("score.top", top, 0, 1000)
        .between("score.commit-images", commitImages, 1, 1_000_000)
        .between("score.read-attempts", readAttempts, 1, 20)
        .require(
            driftTolerance >= 0 && driftTolerance < 1,
            "score.drift-tolerance",
            Checks.number(driftTolerance),
            "must be a number from 0 up to but not 1")
        .done();
  }

  private static boolean hasGroup(String expression) {
    try {
      return Pattern.compile(expression).matcher("").groupCount() >= 1;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
