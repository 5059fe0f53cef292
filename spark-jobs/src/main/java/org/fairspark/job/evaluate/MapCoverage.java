package org.fairspark.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.fairspark.metrics.Uncovered;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImageCoverage;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.Table;

/**
 * Tells where normal test images are restored worse all over than the held-out images that the
 * model was calibrated with, though neither was learnt from.
 */
record MapCoverage(String category, String imageId, double level) implements Serializable {

  /** Adds sentences about the categories whose normal test images' maps lie too high. */
  static void addNotes(
      SparkSession spark,
      OutputRoot root,
      Table maps,
      Set<String> categories,
      Map<String, List<String>> notes) {
    Dataset<Row> rows = maps.dataset(spark);
    String level =
        List.of(rows.columns()).contains(MapsTable.LEVEL) ? MapsTable.LEVEL : MapsTable.MAP;
    List<MapCoverage> normal =
        rows.where(functions.col(MapsTable.LABEL).equalTo(0))
            .select(MapsTable.CATEGORY, MapsTable.IMAGE_ID, level)
            .toJavaRDD()
            .map(MapCoverage::of)
            .collect();
    for (String category : categories) {
      Map<String, Double> levels = new HashMap<>();
      normal.stream()
          .filter(image -> image.category().equals(category))
          .forEach(image -> levels.put(image.imageId(), image.level()));
      new ModelStore(root, category)
          .metadata()
          .calibration()
          .mapLevels()
          .flatMap(held -> Uncovered.find("median of the map", held, levels))
          .filter(found -> !found.below())
          .ifPresent(
              found ->
                  notes
                      .computeIfAbsent(category, c -> new ArrayList<>())
                      .add(
                          ImageCoverage.sentence(found, "restored worse", "held-out ones")
                              + "; the model has not learnt images like them"));
    }
  }

  private static MapCoverage of(Row row) {
    return new MapCoverage(
        row.getAs(MapsTable.CATEGORY),
        row.getAs(MapsTable.IMAGE_ID),
        row.get(2) instanceof Float level
            ? level
            : ScoreStatistic.level(Float32Codec.toFloats(row.getAs(MapsTable.MAP))));
  }
}
