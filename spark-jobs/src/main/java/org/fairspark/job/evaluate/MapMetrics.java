package org.fairspark.job.evaluate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.config.EvaluationConfig;
import org.fairspark.detect.Extra;
import org.fairspark.detect.Reconstruction;
import org.fairspark.frequency.FrequencyAnalysis;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.inference.CalibratedLevels;
import org.fairspark.inspection.Inspection;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.metrics.ImageMetadata;
import org.fairspark.metrics.InspectedMap;
import org.fairspark.metrics.MaskConvention;
import org.fairspark.metrics.OwnSize;
import org.fairspark.store.metrics.CategoryFrequencies;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.OwnMasks;
import scala.Tuple2;

/**
 * Counts over one category's rows of {@code maps/}. Parts merge to the same bits in any order.
 *
 * @param metrics for AUROC, AUPRO and the restoration error
 * @param frequencies for the curves by spatial frequency
 */
record MapMetrics(CategoryMetrics metrics, FrequencyAnalysis frequencies) implements Serializable {

  /** Counts in the executors and merges the counts by category. */
  static SortedMap<String, MapMetrics> of(
      JavaRDD<Row> maps, EvaluationConfig evaluation, Map<String, CalibratedLevels> levels) {
    MaskConvention masks = evaluation.maskConvention();
    double fprLimit = evaluation.fprLimit();
    Map<String, DecisionLevels> known = new HashMap<>();
    levels.forEach((category, l) -> l.levels().ifPresent(found -> known.put(category, found)));
    Map<String, Inspection> inspections = new HashMap<>();
    levels.forEach((category, l) -> inspections.put(category, l.inspection()));
    SortedMap<String, MapMetrics> measured = new TreeMap<>();
    maps.mapPartitionsToPair(
            part ->
                count(part, masks, fprLimit, known, inspections).entrySet().stream()
                    .map(e -> new Tuple2<>(e.getKey(), e.getValue()))
                    .iterator())
        .reduceByKey(MapMetrics::merge)
        .collect()
        .forEach(t -> measured.put(t._1(), t._2()));
    return measured;
  }

  /** Returns the metrics of every category. */
  static SortedMap<String, CategoryResult> results(
      SortedMap<String, MapMetrics> measured, Map<String, CalibratedLevels> levels) {
    SortedMap<String, CategoryResult> results = new TreeMap<>();
    measured.forEach(
        (category, m) ->
            results.put(
                category, m.metrics.result().undecidedBecause(levels.get(category).because())));
    return results;
  }

  /** Returns the curves by spatial frequency of every category. */
  static SortedMap<String, CategoryFrequencies> frequencies(
      SortedMap<String, MapMetrics> measured) {
    SortedMap<String, CategoryFrequencies> frequencies = new TreeMap<>();
    measured.forEach(
        (category, m) -> frequencies.put(category, CategoryFrequencies.of(m.frequencies)));
    return frequencies;
  }

  private MapMetrics merge(MapMetrics other) {
    return new MapMetrics(metrics.merge(other.metrics), frequencies.merge(other.frequencies));
  }

  static SortedMap<String, MapMetrics> count(
      Iterator<Row> rows,
      MaskConvention masks,
      double fprLimit,
      Map<String, DecisionLevels> levels,
      Map<String, Inspection> inspections) {
    Map<Inside, boolean[]> inside = new HashMap<>();
    SortedMap<String, MapMetrics> byCategory = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      boolean anomalous = row.<Integer>getAs(MapsTable.LABEL) == 1;
      String category = row.getAs(MapsTable.CATEGORY);
      ImageMetadata traits = AnnotationColumns.traits(row);
      Inspection inspection = inspections.get(category).of(traits.view());
      int height = row.<Integer>getAs(MapsTable.HEIGHT);
      int width = row.<Integer>getAs(MapsTable.WIDTH);
      MapMetrics counts =
          byCategory.computeIfAbsent(
              category,
              c ->
                  new MapMetrics(
                      new CategoryMetrics(masks, fprLimit, levels.get(c)),
                      new FrequencyAnalysis()));
      InspectedMap map =
          new InspectedMap(
              Float32Codec.toFloats(row.getAs(MapsTable.MAP)),
              width,
              inside.computeIfAbsent(
                  new Inside(category, traits.view(), height, width),
                  i -> inspection.inside(height, width)));
      ImageMetadata metadata =
          traits.with(
              ownSize(
                  row,
                  map,
                  size ->
                      inside.computeIfAbsent(
                          new Inside(category, traits.view(), size.height(), size.width()),
                          i -> inspection.inside(size.height(), size.width()))));
      float score = row.<Float>getAs(MapsTable.SCORE);
      if (anomalous) {
        counts.metrics.addAnomalous(
            row.getAs(MapsTable.DEFECT), score, map, row.getAs(MapsTable.MASK), metadata);
      } else {
        counts.metrics.addNormal(
            map,
            score,
            has(row, Reconstruction.MSE)
                ? OptionalDouble.of(row.<Double>getAs(Reconstruction.MSE.name()))
                : OptionalDouble.empty(),
            metadata);
      }
      counts.frequencies.addEnergy(doubles(row, MapsTable.ENERGY), anomalous);
      if (has(row, Reconstruction.SIMILARITY)) {
        counts.frequencies.addSimilarity(doubles(row, Reconstruction.SIMILARITY.name()), anomalous);
      }
    }
    return byCategory;
  }

  /**
   * Returns an image's map and mask at the size of its file; null where that is not known.
   *
   * @param inside of images of a size
   */
  private static OwnSize ownSize(Row row, InspectedMap map, Function<ImageSize, boolean[]> inside) {
    Optional<ImageSize> known =
        OwnMasks.size(row).filter(size -> size.pixels() <= OwnSize.MOST_PIXELS);
    if (known.isEmpty()) {
      return null;
    }
    ImageSize size = known.get();
    ImageSize kept = new ImageSize(map.values().length / map.width(), map.width());
    if (size.equals(kept)) {
      return new OwnSize(map, row.getAs(MapsTable.MASK));
    }
    FloatImage larger =
        BilinearUpsampling.resize(
            new FloatImage(1, kept.height(), kept.width(), map.values()),
            size.height(),
            size.width());
    return new OwnSize(
        new InspectedMap(larger.values(), size.width(), inside.apply(size)),
        OwnMasks.mask(row, size).orElse(null));
  }

  /** The key of what is inspected of a category's images of one view and size. */
  private record Inside(String category, String view, int height, int width) {}

  /** Returns whether the method of this table gives an extra. */
  private static boolean has(Row row, Extra extra) {
    return Arrays.asList(row.schema().fieldNames()).contains(extra.name());
  }

  private static double[] doubles(Row row, String column) {
    List<Double> values = row.getList(row.fieldIndex(column));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
