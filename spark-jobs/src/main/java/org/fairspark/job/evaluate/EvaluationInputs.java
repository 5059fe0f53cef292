package org.fairspark.job.evaluate;

import java.util.SortedMap;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.failure.FairException;
import org.fairspark.inference.EvaluatedModels;
import org.fairspark.inference.Inspections;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.Table;

/**
 * The images and models that are evaluated.
 *
 * @param tests test images by category
 * @param leftOut categories without a model, with the reason
 */
record EvaluationInputs(
    Table images,
    SortedMap<String, Long> tests,
    SortedMap<String, String> leftOut,
    EvaluatedModels models) {

  /**
   * Opens them.
   *
   * @throws FairException if images or a model are not there, or a model was calibrated with
   *     another inspection than is asked for
   */
  static EvaluationInputs open(JobContext context) {
    FairConfig config = context.config();
    OutputRoot root = context.root();
    Table images = PreparedTables.images(root, config);
    SortedMap<String, Long> tests = PreparedTables.rows(images, config, Split.TEST);
    SortedMap<String, String> leftOut = PreparedTables.untrainable(images, config);
    tests.keySet().removeAll(leftOut.keySet());
    EvaluatedModels models = EvaluatedModels.open(root, config, tests.keySet());
    models.settings().forEach((category, own) -> Inspections.ofModel(own, root, category));
    return new EvaluationInputs(images, tests, leftOut, models);
  }
}
