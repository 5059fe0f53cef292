package org.fairspark.job.train;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.fairspark.corruption.Warp;
import org.fairspark.dataset.Split;
import org.fairspark.image.PixelImage;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.training.TrainingSample;

/** The rows that a category's training reads from the tables. */
public record CategoryRows(SparkSession spark, String category, Table images, Table samples) {
  /** Returns the rows of {@code images/} that a category is trained on. */
  public static Dataset<Row> trainImages(SparkSession spark, String category, Table images) {
    return images
        .dataset(spark)
        .where(
            functions
                .col(ImagesTable.CATEGORY)
                .equalTo(category)
                .and(functions.col(ImagesTable.SPLIT).equalTo(Split.TRAIN.label())));
  }

  /** Returns the ids of the training images, sorted. */
  public static List<String> trainImageIds(SparkSession spark, String category, Table images) {
    return trainImages(spark, category, images)
        .select(ImagesTable.IMAGE_ID)
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  /**
   * Returns every sample beside its target: the clean image, turned as the sample was.
   *
   * @param without images that are not trained on
   */
  JavaRDD<TrainingSample> trainingSamples(List<String> without) {
    Column id = functions.col(ImagesTable.IMAGE_ID);
    Dataset<Row> clean =
        trainImages(spark, category, images)
            .where(functions.not(id.isin(without.toArray())))
            .select(
                id,
                functions.col(ImagesTable.HEIGHT),
                functions.col(ImagesTable.WIDTH),
                functions.col(ImagesTable.PIXELS));
    return samples
        .dataset(spark)
        .where(functions.col(SamplesTable.CATEGORY).equalTo(category))
        .select(
            SamplesTable.IMAGE_ID,
            SamplesTable.VARIANT,
            SamplesTable.ROTATION_DEGREES,
            SamplesTable.INPUT)
        .join(clean, SamplesTable.IMAGE_ID)
        .toJavaRDD()
        .map(CategoryRows::sample);
  }

  private static TrainingSample sample(Row row) {
    PixelImage image = ImagesTable.pixels(row);
    double degrees = row.getAs(SamplesTable.ROTATION_DEGREES);
    PixelImage target = degrees == 0 ? image : Warp.rotate(image, degrees);
    return new TrainingSample(
        row.getAs(SamplesTable.IMAGE_ID),
        row.getAs(SamplesTable.VARIANT),
        row.getAs(SamplesTable.INPUT),
        target.pixels());
  }
}
