package org.fairspark.inference;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.config.FairConfig;
import org.fairspark.inspection.Inspection;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.ModelStore;

/**
 * The thresholds of a category's model, by which test images are decided on, and what of their maps
 * counts.
 *
 * @param levels the thresholds, if the model has such for the maps and scores of this evaluation
 * @param because why there are none; empty if there are
 * @param inspection what of the maps counts
 * @param isOfOtherMaps whether the model has thresholds, and of other maps or scores
 */
public record CalibratedLevels(
    Optional<DecisionLevels> levels, String because, Inspection inspection, boolean isOfOtherMaps) {

  /**
   * Returns a category's thresholds.
   *
   * @param config that its test images are evaluated with
   */
  static CalibratedLevels of(FairConfig config, OutputRoot root, String category) {
    Inspection inspection = Inspections.kept(config, root, category);
    if (!config.detectionMethod().hasModel(config.detection())) {
      return none("the method learns nothing, and has no thresholds", inspection);
    }
    ModelMetadata model = new ModelStore(root, category).metadata();
    ModelCalibration calibration = model.calibration();
    if (!config.detectionMethod().equals(config.scoringMethod())) {
      return none("the thresholds of the model are of another method's maps", inspection);
    }
    if (calibration.levels().isEmpty()) {
      return none("the model is not calibrated: " + calibration.reason(), inspection);
    }
    if (!calibration.score().asked().equals(ModelScore.Asked.of(config))) {
      return ofOthers("the model was calibrated for other scores of images or pixels", inspection);
    }
    Map<String, String> maps = ModelScore.otherMaps(model.settings(), config);
    if (!maps.isEmpty()) {
      return ofOthers(
          "the thresholds of the model are of other anomaly maps (%s); train sets them again"
              .formatted(EvaluatedModels.written(maps)),
          inspection);
    }
    return new CalibratedLevels(calibration.levels(), "", inspection, false);
  }

  private static CalibratedLevels ofOthers(String because, Inspection inspection) {
    return new CalibratedLevels(Optional.empty(), because, inspection, true);
  }

  private static CalibratedLevels none(String because, Inspection inspection) {
    return new CalibratedLevels(Optional.empty(), because, inspection, false);
  }

  /** Returns a text that differs where the thresholds of a category do. */
  public static SortedMap<String, String> identity(SortedMap<String, CalibratedLevels> levels) {
    SortedMap<String, String> identity = new TreeMap<>();
    levels.forEach(
        (category, l) -> identity.put(category, l.levels().map(Record::toString).orElse("none")));
    return identity;
  }
}
