package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fairspark.store.model.ModelCalibration;

/**
 * The result of a {@link TrainingStep} for one category.
 *
 * @param category whose model it is
 * @param folder below the output root where the step leaves what it learnt, such as {@code models}
 * @param outcome how much of it was done now
 * @param fit the figures of the training, where there was one now
 * @param calibration the thresholds, where they were set now
 */
public record StepResult(
    String category,
    String folder,
    Outcome outcome,
    Optional<StepFigures> fit,
    Optional<ModelCalibration> calibration) {

  /** The amount of work that a step had to do. */
  public enum Outcome {
    TRAINED("trained"),
    CALIBRATED("thresholds are set"),
    RECALIBRATED("model is up to date, only calibrated again"),
    UP_TO_DATE("model is up to date, nothing to do");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }
  }

  /** Returns human-readable lines: the training, then the thresholds where they are new. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (outcome != Outcome.CALIBRATED || calibration.isEmpty()) {
      lines.add(line(fit.map(StepFigures::describe).orElse(outcome.text)));
    }
    calibration.ifPresent(thresholds -> lines.add(line(thresholds.describe())));
    return lines;
  }

  private String line(String text) {
    return "%-20s %s".formatted(category, text);
  }

  /** Returns the result as plain values. */
  Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("category", category);
    details.put("folder", folder);
    details.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    fit.ifPresent(figures -> details.putAll(figures.details()));
    calibration
        .flatMap(ModelCalibration::found)
        .ifPresent(thresholds -> details.put("image_threshold", thresholds.image().value()));
    return details;
  }
}
