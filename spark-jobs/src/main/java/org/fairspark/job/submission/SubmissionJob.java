package org.fairspark.job.submission;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.image.FloatResize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.HalfTiff;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobPlan;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.Progress;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.Float16Codec;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/**
 * The job {@code submission}: writes the folder that the evaluation server of MVTec AD 2 takes.
 *
 * <h2>Input</h2>
 *
 * {@code scores/} under {@code output.root}, of a {@code score} run over the data set with {@code
 * score.maps = all}.
 *
 * <h2>Output</h2>
 *
 * {@code submission/anomaly_images/OBJECT/SPLIT/NAME.tiff} (float16, of the image's own size) and
 * {@code submission/anomaly_images_thresholded/OBJECT/SPLIT/NAME.png} (255 above the model's pixel
 * threshold, else 0) for the images of {@code test_private} and {@code test_private_mixed}.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh submission --set output.root=/data/night</pre>
 */
public final class SubmissionJob implements Job<SubmissionJob.Plan, SubmissionJob.Result> {
  private static final String FOLDER = "submission";

  /**
   * The images to write.
   *
   * @param images private ones among the scored
   */
  record Plan(Path folder, long images) implements JobPlan {
    @Override
    public List<String> lines() {
      return List.of("would write maps of %d images to %s".formatted(images, folder));
    }
  }

  /** The result of the job. */
  record Result(Path folder, long images) implements JobResult {
    @Override
    public List<String> summary() {
      return List.of("%d images: %s".formatted(images, folder));
    }
  }

  @Override
  public Plan plan(JobContext context) throws IOException {
    OutputRoot root = context.root();
    Dataset<Row> scores = scores(context, root);
    long images = 0;
    long unusable = 0;
    for (Row row :
        scores
            .selectExpr(
                ScoresTable.NAME_BELOW_ROOT,
                "%s IS NOT NULL AND %s IS NOT NULL"
                    .formatted(ScoresTable.MAP, ScoresTable.PIXEL_THRESHOLD))
            .collectAsList()) {
      if (SubmissionImage.of(row.getString(0)).isPresent()) {
        images++;
        unusable += row.getBoolean(1) ? 0 : 1;
      }
    }
    if (images == 0) {
      throw FairException.refused(
          "no scored image lies in a folder test_private or test_private_mixed",
          root.path(ScoresTable.NAME).toString(),
          "score the root of MVTec AD 2 into this output.root first");
    }
    if (unusable > 0) {
      throw FairException.refused(
          "%d of %d images have no map, or their model no threshold".formatted(unusable, images),
          root.path(ScoresTable.NAME).toString(),
          "score again with score.maps=all, by models that calibration images set thresholds for");
    }
    return new Plan(root.path(FOLDER), images);
  }

  private static Dataset<Row> scores(JobContext context, OutputRoot root) throws IOException {
    ScoresStore store = new ScoresStore(root);
    if (!store.exists()) {
      throw FairException.refused(
          "there are no scores",
          root.path(ScoresTable.NAME).toString(),
          "score the root of MVTec AD 2 into this output.root first, with score.maps=all");
    }
    return store.rows(context.spark());
  }

  @Override
  public Result execute(JobContext context, Plan plan) throws Exception {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    LongAccumulator done = spark.sc().longAccumulator("maps written");
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    Dataset<Row> maps =
        scores(context, context.root())
            .select(
                ScoresTable.NAME_BELOW_ROOT,
                ScoresTable.HEIGHT,
                ScoresTable.WIDTH,
                ScoresTable.PIXEL_THRESHOLD,
                ScoresTable.MAP_HEIGHT,
                ScoresTable.MAP_WIDTH,
                ScoresTable.MAP);
    try (Progress progress = context.progress("write maps", plan.images(), "images")) {
      progress.follow(done::value);
      context.step(
          "write maps of %d images".formatted(plan.images()),
          () -> {
            maps.toJavaRDD().foreach(new Write(hadoop, plan.folder().toString(), done));
            return null;
          });
    } finally {
      hadoop.destroy();
    }
    return new Result(plan.folder(), plan.images());
  }

  /** The writing of one image's two files; of another image nothing is written. */
  private record Write(
      Broadcast<SerializableConfiguration> hadoop, String folder, LongAccumulator done)
      implements VoidFunction<Row>, Serializable {

    @Override
    public void call(Row row) throws IOException {
      SubmissionImage image =
          SubmissionImage.of(row.getAs(ScoresTable.NAME_BELOW_ROOT)).orElse(null);
      if (image == null) {
        return;
      }
      int height = row.getAs(ScoresTable.HEIGHT);
      int width = row.getAs(ScoresTable.WIDTH);
      FloatImage map =
          FloatResize.bilinear(
              new FloatImage(
                  1,
                  row.getAs(ScoresTable.MAP_HEIGHT),
                  row.getAs(ScoresTable.MAP_WIDTH),
                  Float16Codec.toFloats(row.getAs(ScoresTable.MAP))),
              height,
              width);
      float threshold = row.getAs(ScoresTable.PIXEL_THRESHOLD);
      byte[] above = new byte[map.values().length];
      for (int i = 0; i < above.length; i++) {
        above[i] = (byte) (map.values()[i] > threshold ? 255 : 0);
      }
      byte[] tiff = HalfTiff.encode(Float16Codec.of(map.values()), height, width);
      byte[] png = PngEncoder.encode(new PixelImage(1, height, width, above));
      Configuration conf = hadoop.value().value();
      OutputRoot root = OutputRoot.of(conf, folder);
      root.writeInTask(root.path(image.map()), out -> out.write(tiff));
      root.writeInTask(root.path(image.thresholded()), out -> out.write(png));
      done.add(1);
    }
  }
}
