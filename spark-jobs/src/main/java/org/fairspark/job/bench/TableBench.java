package org.fairspark.job.bench;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.fairspark.config.SamplesConfig.Precision;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Reconstruction;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.job.evaluate.MapRows;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.InputFormat;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableSpec;
import org.fairspark.store.table.TableWriter;

/** Parquet, as whole Spark jobs on all cores: rows of one picture, made different in every row. */
final class TableBench {
  static final String WRITE = "write ";
  static final String READ = "read ";

  /** Rows of a task that show what a job costs beside its rows. */
  private static final int FEW_ROWS = 4;

  private static final int FIRST_ROWS = 32;
  private static final int MAX_ROWS = 1 << 14;
  private static final int SAMPLES = 3;
  private static final InputFormat FORMAT = InputFormat.written(Precision.FLOAT32);

  private final SparkSession spark;
  private final BenchPlan plan;
  private final OutputRoot root;
  private final TableWriter writer;
  private final int slots;
  private final Map<String, Timing> measured = new LinkedHashMap<>();

  /**
   * Makes a bench.
   *
   * @param root a folder of its own, where tables are left
   * @param slots tasks that run at the same time
   */
  TableBench(SparkSession spark, BenchPlan plan, OutputRoot root, OutputLock lock, int slots) {
    this.spark = spark;
    this.plan = plan;
    this.root = root;
    this.slots = slots;
    this.writer = new TableWriter(root, lock, Map.of());
  }

  /** Seconds of one core for a row, by stage. */
  Map<String, Timing> measure(SourceFiles files) throws Exception {
    ImageSize size = plan.size();
    PixelImage large = ImageDecoder.decode(files.png(), DecodeLimits.DEFAULT);
    Pictures pictures = new Pictures(Resize.bilinear(large, size).pixels(), size, plan);
    measure(ImagesTable.SPEC, ImagesTable.schema(Optional.of(size)), pictures::image);
    int channels = plan.shape().inputChannels();
    measure(
        SamplesTable.SPEC,
        SamplesTable.schema(channels, size.height(), size.width(), "bench", FORMAT),
        pictures::sample);
    measure(
        MapsTable.SPEC, MapsTable.schema(Optional.of(size), Reconstruction.EXTRAS), pictures::map);
    return measured;
  }

  private void measure(TableSpec spec, StructType schema, Function<Integer, Row> maker)
      throws Exception {
    double each = write(spec, schema, maker, slots * FIRST_ROWS) / (slots * FIRST_ROWS);
    int rows =
        (int)
            Math.min(
                (long) slots * MAX_ROWS,
                Math.max((long) slots * FIRST_ROWS, (long) (plan.bench().seconds() / each)));
    double[] written = new double[SAMPLES];
    double[] read = new double[SAMPLES];
    // Warms up reading; what is read below was written just before and is in memory.
    read(spec);
    for (int i = 0; i < SAMPLES; i++) {
      // A table of few rows, for what a job costs whatever it does; then one of many.
      double fewWritten = write(spec, schema, maker, slots * FEW_ROWS);
      double fewRead = read(spec);
      written[i] = each(rows, write(spec, schema, maker, rows), fewWritten);
      read[i] = each(rows, read(spec), fewRead);
    }
    measured.put(WRITE + spec.name() + "/", Timing.of(written));
    measured.put(READ + spec.name() + "/", Timing.of(read));
    root.fileSystem().delete(root.path(spec.name()), true);
  }

  /** Seconds of a core for one row more; all of a job's where noise hides the difference. */
  private double each(int rows, double many, double few) {
    double more = (many - few) / (rows - slots * FEW_ROWS);
    return slots * (more > 0 ? more : many / rows);
  }

  private double write(TableSpec spec, StructType schema, Function<Integer, Row> maker, int rows)
      throws Exception {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<Row> made =
        context.parallelize(IntStream.range(0, rows).boxed().toList(), slots).map(maker);
    Dataset<Row> dataset = spark.createDataFrame(made, schema);
    long began = System.nanoTime();
    writer.stage(spec, dataset).commit(Provenance.of(Map.of("bench", "1")), Map.of());
    return (System.nanoTime() - began) / 1e9;
  }

  private double read(TableSpec spec) {
    Dataset<Row> rows = Table.open(root, spec).dataset(spark);
    long began = System.nanoTime();
    long bytes = rows.toJavaRDD().mapPartitions(TableBench::bytes).reduce(Long::sum);
    double seconds = (System.nanoTime() - began) / 1e9;
    if (bytes == 0) {
      throw new IllegalStateException("nothing was read from " + spec.name());
    }
    return seconds;
  }

  /** Looks at every binary column, so that it must have been decoded. */
  private static Iterator<Long> bytes(Iterator<Row> rows) {
    long bytes = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      for (int i = 0; i < row.size(); i++) {
        bytes += row.get(i) instanceof byte[] binary ? binary.length : 0;
      }
    }
    return java.util.List.of(bytes).iterator();
  }

  /** Rows that look like a job's. */
  private record Pictures(byte[] pixels, ImageSize size, BenchPlan plan)
      implements java.io.Serializable {

    private static String id(int number) {
      return "bench/train/good/%06d.png".formatted(number);
    }

    private byte[] changed(int number) {
      byte[] changed = pixels.clone();
      for (int i = 0; i < changed.length; i++) {
        changed[i] += (byte) ((i * 31 + number) % 3);
      }
      return changed;
    }

    Row image(int number) {
      int sourceSize = plan.bench().sourceSize();
      return new ImagesTable.Image(
              new ImagesTable.SourceFile(
                  id(number),
                  "file:///" + id(number),
                  sourceSize,
                  sourceSize,
                  1,
                  1,
                  "0".repeat(64)),
              new ImagesTable.Place("bench", "train", "good", 0),
              new PixelImage(3, size.height(), size.width(), changed(number)),
              ImagesTable.Truth.NONE)
          .toRow();
    }

    private FloatImage floats(int channels, int number) {
      float[] values = new float[channels * (int) size.pixels()];
      float factor = 1 / (255f + number);
      for (int i = 0; i < values.length; i++) {
        values[i] = (pixels[i % pixels.length] & 0xFF) * factor - 0.5f;
      }
      return new FloatImage(channels, size.height(), size.width(), values);
    }

    Row sample(int number) {
      return new SamplesTable.Sample(
              "bench",
              id(number),
              0,
              number,
              "clean",
              0,
              "",
              floats(plan.shape().inputChannels(), number))
          .toRow(FORMAT);
    }

    Row map(int number) {
      FloatImage map = floats(1, number);
      PixelImage changed = new PixelImage(3, size.height(), size.width(), changed(number));
      Object[] image = {
        id(number), "good", 0, size.height(), size.width(), changed.pixels(), null, "bench"
      };
      FloatImage original = changed.toFloat();
      Reconstruction made = new Reconstruction(original, map, floats(3, number));
      return new MapRows(Reconstruction.EXTRAS)
          .row(
              new GenericRowWithSchema(image, MAP_SOURCE),
              original,
              new Detection(map, 0.5f, made.extras(), Optional.of(made)));
    }

    private static final StructType MAP_SOURCE =
        new StructType()
            .add(MapsTable.IMAGE_ID, "string")
            .add(MapsTable.DEFECT, "string")
            .add(MapsTable.LABEL, "int")
            .add(MapsTable.HEIGHT, "int")
            .add(MapsTable.WIDTH, "int")
            .add(ImagesTable.PIXELS, "binary")
            .add(MapsTable.MASK, "binary")
            .add(MapsTable.CATEGORY, "string");
  }
}
