package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.CalibrationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CleanImages;
import org.fairspark.corruption.Warp;
import org.fairspark.dataset.Split;
import org.fairspark.detect.Frame;
import org.fairspark.image.PixelImage;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.InputFormat;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.training.TrainingSample;

/** The rows that a category's training reads from the tables. */
public record CategoryRows(SparkSession spark, String category, Table images, Table samples) {
  /** Returns the rows of {@code images/} that a category is trained on. */
  public static Dataset<Row> trainImages(SparkSession spark, String category, Table images) {
    return images(spark, category, images, Split.TRAIN);
  }

  /** Returns the rows of {@code images/} that a category is trained on or calibrated with. */
  public static Dataset<Row> normalImages(SparkSession spark, String category, Table images) {
    return images(spark, category, images, Split.TRAIN, Split.CALIBRATION);
  }

  private static Dataset<Row> images(
      SparkSession spark, String category, Table images, Split... splits) {
    Object[] labels = Stream.of(splits).map(Split::label).toArray();
    return images
        .dataset(spark)
        .where(
            functions
                .col(ImagesTable.CATEGORY)
                .equalTo(category)
                .and(functions.col(ImagesTable.SPLIT).isin(labels)));
  }

  /**
   * Returns the images that thresholds are set by: those that the data set has for it, or some of
   * the training images, of which a group is never divided.
   */
  public static HeldOut heldOut(
      SparkSession spark, String category, Table images, FairConfig config) {
    CalibrationConfig calibration = config.calibration();
    List<String> given = calibrationImageIds(spark, category, images);
    if (!given.isEmpty()) {
      return HeldOut.given(given, calibration.falsePositiveRate());
    }
    List<String> columns = new ArrayList<>(List.of(ImagesTable.IMAGE_ID));
    List<String> there = AnnotationColumns.in(images.schema().fieldNames());
    boolean grouped = there.contains(AnnotationColumns.GROUP_ID);
    if (grouped) {
      columns.add(AnnotationColumns.GROUP_ID);
    }
    Map<String, String> groups = new HashMap<>();
    for (Row row : images.rows(spark, partition(category, Split.TRAIN), columns)) {
      groups.put(row.getString(0), grouped && !row.isNullAt(1) ? row.getString(1) : "");
    }
    return HeldOut.chooseGroups(
        config.seed(), category, groups, calibration.share(), calibration.falsePositiveRate());
  }

  /** Returns the ids of the training images but for those that are held out, sorted. */
  public static List<String> trainedOn(
      SparkSession spark, String category, Table images, HeldOut held) {
    Set<String> without = Set.copyOf(held.ids());
    return trainImageIds(spark, category, images).stream()
        .filter(image -> !without.contains(image))
        .toList();
  }

  /** Returns the ids of the training images, sorted. */
  public static List<String> trainImageIds(SparkSession spark, String category, Table images) {
    return ids(spark, category, images, Split.TRAIN);
  }

  /** Returns the ids of the images that the data set has for setting thresholds, sorted. */
  public static List<String> calibrationImageIds(
      SparkSession spark, String category, Table images) {
    return ids(spark, category, images, Split.CALIBRATION);
  }

  private static List<String> ids(SparkSession spark, String category, Table images, Split split) {
    return images.rows(spark, partition(category, split), List.of(ImagesTable.IMAGE_ID)).stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static Map<String, Set<String>> partition(String category, Split split) {
    return Map.of(ImagesTable.CATEGORY, Set.of(category), ImagesTable.SPLIT, Set.of(split.label()));
  }

  /**
   * Returns every sample beside its target.
   *
   * @param without images that are not trained on
   * @param cleanImages what the samples were made of
   * @param frame that the samples show the images in
   * @param target what is made of the clean image, lit and turned as the sample was
   */
  JavaRDD<TrainingSample> trainingSamples(
      List<String> without, CleanImages cleanImages, Frame frame, SampleTarget target) {
    Column id = functions.col(ImagesTable.IMAGE_ID);
    Dataset<Row> all = samples.dataset(spark);
    InputFormat format = InputFormat.of(all.schema());
    Dataset<Row> corrupted =
        all.where(functions.col(SamplesTable.CATEGORY).equalTo(category))
            .select(
                SamplesTable.IMAGE_ID,
                SamplesTable.VARIANT,
                SamplesTable.SEED,
                SamplesTable.ROTATION_DEGREES,
                SamplesTable.INPUT);
    // Opened last: it sets how many rows are read at a time, and images may be large.
    Dataset<Row> clean =
        trainImages(spark, category, images)
            .where(functions.not(id.isin(without.toArray())))
            .select(
                id,
                functions.col(ImagesTable.HEIGHT),
                functions.col(ImagesTable.WIDTH),
                functions.col(ImagesTable.PIXELS));
    return corrupted
        .join(clean, SamplesTable.IMAGE_ID)
        .toJavaRDD()
        .map(row -> sample(row, format, cleanImages, frame, target));
  }

  private static TrainingSample sample(
      Row row, InputFormat format, CleanImages cleanImages, Frame frame, SampleTarget target) {
    long seed = row.<Long>getAs(SamplesTable.SEED);
    PixelImage image = cleanImages.of(frame.view(ImagesTable.pixels(row), seed), seed);
    double degrees = row.getAs(SamplesTable.ROTATION_DEGREES);
    PixelImage clean = degrees == 0 ? image : Warp.rotate(image, degrees);
    byte[] input = format.decoded(row.getAs(SamplesTable.INPUT));
    return new TrainingSample(
        row.getAs(SamplesTable.IMAGE_ID),
        row.getAs(SamplesTable.VARIANT),
        input,
        target.of(clean, input));
  }
}
