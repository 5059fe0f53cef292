package org.fairspark.job.evaluate;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.config.FairConfig;
import org.fairspark.inference.Inspections;
import org.fairspark.inspection.Inspection;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.ModelStore;

/**
 * The thresholds of a category's model, by which test images are decided on, and what of their maps
 * counts.
 *
 * @param levels the thresholds, if the model has such for the maps and scores of this evaluation
 * @param because why there are none; empty if there are
 * @param inspection what of the maps counts
 */
record CalibratedLevels(Optional<DecisionLevels> levels, String because, Inspection inspection) {
  static SortedMap<String, CalibratedLevels> of(
      FairConfig config, OutputRoot root, Collection<String> categories) {
    SortedMap<String, CalibratedLevels> levels = new TreeMap<>();
    categories.forEach(category -> levels.put(category, of(config, root, category)));
    return levels;
  }

  private static CalibratedLevels of(FairConfig config, OutputRoot root, String category) {
    if (!config.detectionMethod().hasModel(config.detection())) {
      return none(
          "the method learns nothing, and has no thresholds",
          Inspections.ofModel(config, root, category));
    }
    ModelCalibration calibration = new ModelStore(root, category).metadata().calibration();
    Inspection inspection = calibration.inspection();
    if (!config.detectionMethod().equals(config.scoringMethod())) {
      return none("the thresholds of the model are of another method's maps", inspection);
    }
    if (calibration.levels().isEmpty()) {
      return none("the model is not calibrated: " + calibration.reason(), inspection);
    }
    if (!calibration.score().asked().equals(ModelScore.Asked.of(config))) {
      return none("the model was calibrated for other scores of images or pixels", inspection);
    }
    return new CalibratedLevels(calibration.levels(), "", inspection);
  }

  private static CalibratedLevels none(String because, Inspection inspection) {
    return new CalibratedLevels(Optional.empty(), because, inspection);
  }

  /** Returns a text that differs where the thresholds of a category do. */
  static SortedMap<String, String> identity(SortedMap<String, CalibratedLevels> levels) {
    SortedMap<String, String> identity = new TreeMap<>();
    levels.forEach(
        (category, l) -> identity.put(category, l.levels().map(Record::toString).orElse("none")));
    return identity;
  }
}
