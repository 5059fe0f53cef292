package org.fairspark.job.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableSpec;

/** Small data sets in a folder, and runs of {@code prepare} over them. */
final class PrepareFixture {
  final Path data;
  final Path output;
  final List<String> settings = new ArrayList<>();
  final SparkSession spark = LocalSpark.session();
  String terminal = "";

  PrepareFixture(Path folder) {
    data = folder.resolve("data set #1");
    output = folder.resolve("out put");
    set("data.root=" + data);
    set("output.root=" + output);
    set("image.size=16");
    set("corruption.variants=3");
    set("bad-records.max-ratio=1");
  }

  void set(String setting) {
    settings.add(setting);
  }

  /** Two categories, three test images of each kind, masks; colours by the file's name. */
  PrepareFixture mvtec(int trainingImages) throws IOException {
    for (String category : List.of("nut", "grün 1")) {
      for (int i = 0; i < trainingImages; i++) {
        image(category + "/train/good/" + i + ".png", 40, 30);
      }
      image(category + "/test/good/0.png", 40, 30);
      image(category + "/test/cut/0.png", 40, 30);
      image(category + "/test/cut/1.png", 40, 30);
      mask(category + "/ground_truth/cut/0_mask.png", 40, 30);
      mask(category + "/ground_truth/cut/1_mask.png", 40, 30);
    }
    return this;
  }

  /** Returns an image of smooth noise that its name decides. */
  PixelImage image(String name, int height, int width) throws IOException {
    SeededRandom random = SeededRandom.of(7, name, 0);
    byte[] pixels = new byte[3 * height * width];
    int value = 128;
    for (int i = 0; i < pixels.length; i++) {
      value = Math.max(0, Math.min(255, value + random.nextInt(-9, 10)));
      pixels[i] = (byte) value;
    }
    PixelImage image = new PixelImage(3, height, width, pixels);
    write(name, PngEncoder.encode(image));
    return image;
  }

  /** Writes a mask whose upper left quarter is anomalous. */
  void mask(String name, int height, int width) throws IOException {
    byte[] pixels = new byte[height * width];
    for (int row = 0; row < height / 2; row++) {
      for (int column = 0; column < width / 2; column++) {
        pixels[row * width + column] = (byte) 255;
      }
    }
    write(name, PngEncoder.encode(new PixelImage(1, height, width, pixels)));
  }

  void write(String name, byte[] bytes) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  FairConfig config() {
    return ConfigLoader.load(List.of(), settings);
  }

  /** Runs the job; what it says on the terminal stands in {@link #terminal}. */
  PrepareResult run() throws Exception {
    return run(new PrepareJob());
  }

  JobResult plan() throws Exception {
    return JobCall.plan(new PrepareJob(), config());
  }

  /** Runs it in so many tasks at least. */
  PrepareResult run(int parts) throws Exception {
    return run(new PrepareJob(OptionalInt.of(parts), Optional.empty()));
  }

  PrepareResult run(PrepareJob job) throws Exception {
    StringBuilder said = new StringBuilder();
    try {
      return (PrepareResult) JobCall.run(job, config(), said);
    } finally {
      terminal = said.toString();
    }
  }

  OutputRoot root() {
    return OutputRoot.of(spark.sparkContext().hadoopConfiguration(), output.toString());
  }

  Table table(TableSpec spec) {
    return Table.open(root(), spec);
  }

  List<Row> rows(TableSpec spec, String... order) {
    return table(spec)
        .dataset(spark)
        .orderBy(order[0], Arrays.copyOfRange(order, 1, order.length))
        .collectAsList();
  }
}
