package org.fairspark.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.fairspark.LocalSpark;
import org.fairspark.config.SamplesConfig.Precision;
import org.fairspark.corruption.CorruptedSample;
import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.TextureSource;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputLock;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.InputFormat;
import org.fairspark.store.table.QuarantineTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.textures.TexturePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareJobTest {
  @TempDir Path folder;

  private static byte[] bytes(Row row, String column) {
    return row.getAs(column);
  }

  @Test
  void imagesEqualASerialComputation() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(3);
    PrepareResult result = fixture.run();
    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    List<Row> rows = fixture.rows(ImagesTable.SPEC, "image_id");
    assertThat(rows).hasSize(12);
    for (Row row : rows) {
      String id = row.getAs("image_id");
      byte[] file = Files.readAllBytes(fixture.data.resolve(id));
      PixelImage decoded = ImageDecoder.decode(file, DecodeLimits.DEFAULT);
      assertThat(bytes(row, "pixels"))
          .as("pixels of %s", id)
          .isEqualTo(Resize.bilinear(decoded, 16, 16).pixels());
      assertThat(row.<Integer>getAs("original_height")).isEqualTo(40);
      assertThat(row.<Integer>getAs("original_width")).isEqualTo(30);
      assertThat(row.<Long>getAs("length")).isEqualTo(file.length);
      boolean cut = id.contains("/test/cut/");
      assertThat(row.<Integer>getAs("label")).isEqualTo(cut ? 1 : 0);
      assertThat(row.<String>getAs("defect")).isEqualTo(cut ? "cut" : "good");
      assertThat(row.<String>getAs("split")).isEqualTo(id.contains("/train/") ? "train" : "test");
      if (cut) {
        String mask = id.replace("/test/", "/ground_truth/").replace(".png", "_mask.png");
        byte[] maskFile = Files.readAllBytes(fixture.data.resolve(mask));
        assertThat(bytes(row, "mask"))
            .isEqualTo(
                Resize.bilinear(ImageDecoder.decodeMask(maskFile, DecodeLimits.DEFAULT), 16, 16)
                    .pixels());
        assertThat(row.<String>getAs("mask_path")).endsWith(mask);
      } else {
        assertThat(bytes(row, "mask")).isNull();
      }
    }
    assertThat(result.summary())
        .containsExactly(
            "grün 1       3 train       3 test (1 good, 2 anomalous of 1 kind(s))",
            "nut          3 train       3 test (1 good, 2 anomalous of 1 kind(s))",
            result.summary().get(2));
    assertThat(result.details()).containsEntry("images", 12L).containsEntry("samples", 18L);
    assertThat(result.prepared().categories().get("nut").defects().values())
        .as("anomalous images of the one kind")
        .containsExactly(2L);
    assertThat(fixture.table(QuarantineTable.SPEC).manifest().rows()).isZero();
  }

  @Test
  void samplesEqualASerialComputation() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(4);
    fixture.run();
    Corruptor corruptor =
        new Corruptor(
            fixture.config().corruption().recipe(), fixture.config().corruption().cutpaste());
    int compared = 0;
    for (String category : List.of("nut", "grün 1")) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ids.add(category + "/train/good/" + i + ".png");
      }
      List<PixelImage> pool = new ArrayList<>();
      for (String id : TexturePool.choose(ids, 1, 64)) {
        pool.add(clean(fixture, id));
      }
      TextureSource textures = TextureSource.internal(pool);
      for (String id : ids) {
        for (int variant = 0; variant < 3; variant++) {
          long seed = SeededRandom.seed(1, id, variant);
          CorruptedSample corruption =
              corruptor.corrupt(clean(fixture, id), textures, textures, seed);
          SamplesTable.Sample sample =
              new CorruptedImage(category, id, variant, seed, corruption)
                  .sample(fixture.config().extractor());
          Row expected = sample.toRow(InputFormat.written(Precision.FLOAT32));
          Row row =
              fixture
                  .table(SamplesTable.SPEC)
                  .dataset(fixture.spark)
                  .where("sample_id = '" + id + "#" + variant + "'")
                  .first();
          assertThat(row).as("sample %s of %s", variant, id).isEqualTo(expected);
          assertThat(row.<Long>getAs("seed")).isEqualTo(seed);
          assertThat(InputFormat.of(row.schema()).decoded(row.getAs("input")))
              .isEqualTo(Float32Codec.of(sample.input().values()));
          compared++;
        }
      }
    }
    assertThat(fixture.table(SamplesTable.SPEC).manifest().rows()).isEqualTo(compared);
    assertThat(
            fixture.table(SamplesTable.SPEC).schema().apply("input").metadata().getString("filter"))
        .isEqualTo(fixture.config().extractor().describe());
  }

  @Test
  void filtersShareOneSetOfCorruptedImages() throws Exception {
    List<String> filters = List.of("filter.cutoff=10", "filter.kind=sobel", "filter.kind=none");
    List<PrepareFixture> apart = new ArrayList<>();
    List<PrepareFixture> together = new ArrayList<>();
    try (SharedCorruptions shared = new SharedCorruptions()) {
      PrepareJob sharing = new PrepareJob(OptionalInt.of(2), Optional.of(shared));
      for (int i = 0; i < filters.size(); i++) {
        apart.add(new PrepareFixture(folder.resolve("apart" + i)).mvtec(3));
        apart.get(i).set(filters.get(i));
        apart.get(i).run();
        together.add(new PrepareFixture(folder.resolve("together" + i)).mvtec(3));
        together.get(i).set(filters.get(i));
        together.get(i).run(sharing);
      }
      assertThat(shared.made()).as("two categories, three images, three variants").isEqualTo(18);
    }
    for (int i = 0; i < filters.size(); i++) {
      assertThat(
              together
                  .get(i)
                  .table(SamplesTable.SPEC)
                  .dataset(LocalSpark.session())
                  .collectAsList())
          .as(filters.get(i))
          .hasSize(18)
          .containsExactlyInAnyOrderElementsOf(
              apart.get(i).table(SamplesTable.SPEC).dataset(LocalSpark.session()).collectAsList());
    }
  }

  private static PixelImage clean(PrepareFixture fixture, String id) throws Exception {
    byte[] file = Files.readAllBytes(fixture.data.resolve(id));
    return Resize.bilinear(ImageDecoder.decode(file, DecodeLimits.DEFAULT), 16, 16);
  }

  @Test
  void theNumberOfPartitionsChangesNothing() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(9);
    Files.createDirectories(folder.resolve("textures/deep"));
    for (int i = 0; i < 5; i++) {
      Files.write(
          folder.resolve("textures/deep/t" + i + ".png"),
          PngEncoder.encode(fixture.image("nut/test/cut/" + i + ".png", 20, 20)));
      fixture.mask("nut/ground_truth/cut/" + i + "_mask.png", 20, 20);
    }
    fixture.set("corruption.textures=" + folder.resolve("textures"));
    fixture.run(4);
    List<Row> images = fixture.rows(ImagesTable.SPEC, "image_id");
    List<Row> samples = fixture.rows(SamplesTable.SPEC, "sample_id");
    assertThat(taskFiles(fixture.output.resolve("images"))).as("tasks").isGreaterThanOrEqualTo(4);
    assertThat(taskFiles(fixture.output.resolve("samples"))).isGreaterThanOrEqualTo(4);
    assertThat(samples).hasSize(54);
    deleteTree(fixture.output);

    fixture.run(1);
    assertThat(taskFiles(fixture.output.resolve("images"))).as("tasks").isEqualTo(1);
    assertThat(taskFiles(fixture.output.resolve("samples"))).isEqualTo(1);
    assertThat(fixture.rows(ImagesTable.SPEC, "image_id")).isEqualTo(images);
    assertThat(fixture.rows(SamplesTable.SPEC, "sample_id")).isEqualTo(samples);
  }

  /** Counts the tasks that wrote a table's files, which are named part-TASK-... */
  private static long taskFiles(Path table) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet") && !name.startsWith("."))
          .map(name -> name.substring(0, "part-00000".length()))
          .distinct()
          .count();
    }
  }

  @Test
  void aSecondRunDoesNothingAndSaysSo() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(2);
    JobResult first = fixture.run();
    Map<Path, Long> written = times(fixture.output);
    JobResult second = fixture.run();
    assertThat(fixture.terminal).contains("images/ and samples/ are up to date, nothing to do");
    assertThat(times(fixture.output)).as("no file was touched").isEqualTo(written);
    assertThat(second).as("the same is told").isEqualTo(first);
  }

  private static Map<Path, Long> times(Path root) throws IOException {
    Map<Path, Long> times = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file, Files.getLastModifiedTime(file).toMillis());
      }
    }
    return times;
  }

  @Test
  void onlyWhatIsMissingIsMade() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(2);
    fixture.run();
    String images = fixture.table(ImagesTable.SPEC).manifest().created();
    List<Row> samples = fixture.rows(SamplesTable.SPEC, "sample_id");
    // As if killed between the two tables, with something left in staging.
    deleteTree(fixture.output.resolve("samples"));
    Files.createDirectories(fixture.output.resolve("_fair_staging/dead/samples-1/_temporary"));
    fixture.run();
    assertThat(fixture.table(ImagesTable.SPEC).manifest().created()).isEqualTo(images);
    assertThat(fixture.rows(SamplesTable.SPEC, "sample_id")).isEqualTo(samples);
    assertThat(fixture.output.resolve("_fair_staging")).doesNotExist();
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void anotherConfigurationIsRefusedWithTheKeysThatDiffer() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(2);
    fixture.run();
    Map<Path, Long> written = times(fixture.output);
    fixture.set("image.size=32");
    assertThatThrownBy(fixture::run)
        .isInstanceOf(FairException.class)
        .hasMessageContaining("images/ of another configuration or other data:")
        .hasMessageContaining("image.size: there 16, now 32");
    fixture.set("image.size=16");
    fixture.set("filter.cutoff=7");
    assertThatThrownBy(fixture::run)
        .hasMessageContaining("samples/ of another configuration or other data:")
        .hasMessageContaining("filter.cutoff: there 30");
    assertThat(times(fixture.output)).as("nothing was mixed or overwritten").isEqualTo(written);
    fixture.set("filter.cutoff=30");
    fixture.image("nut/train/good/new.png", 40, 30);
    assertThatThrownBy(fixture::run)
        .hasMessageContaining("images in data.root: there 10 images")
        .hasMessageContaining("now 11 images");
    Files.delete(fixture.data.resolve("nut/train/good/new.png"));
    fixture.set("data.max-training-images=1");
    assertThatThrownBy(fixture::run)
        .hasMessageContaining("data.max-training-images: there nothing, now 1")
        .hasMessageNotContaining("images in data.root");
  }

  @Test
  void aDryRunTellsThePlanAndWritesNothing() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(2);
    JobResult plan = fixture.plan();
    assertThat(fixture.output).doesNotExist();
    assertThat(plan.summary())
        .anyMatch(l -> l.matches("nut +2 +1 +2 +0"))
        .anyMatch(l -> l.startsWith("images/  10 rows, at most about"))
        .anyMatch(l -> l.contains("partition(s)"))
        .anyMatch(l -> l.startsWith("samples/ 12 rows, at most about"))
        .contains("textures those of the training images, as corruption.textures names no folder")
        .anyMatch(
            l -> l.startsWith("filter   passes at most 2 % of any frequency of image.size = 16"))
        .anyMatch(l -> l.startsWith("memory   about"));
    fixture.set("method.kind=patchcore");
    assertThat(fixture.plan().summary())
        .as("for a method that learns from the images themselves")
        .contains("samples/ empty, as patchcore learns from the images")
        .noneMatch(l -> l.startsWith("filter"));
    fixture.set("method.kind=restoration");
    fixture.run();
    assertThat(fixture.plan().summary()).anyMatch(l -> l.startsWith("images/  up to date, 10"));
  }

  @Test
  void withoutCorruptionNothingIsDoneButTurning() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(2);
    fixture.set("corruption.recipe=none");
    fixture.run();
    assertThat(fixture.rows(SamplesTable.SPEC, "sample_id"))
        .hasSize(12)
        .allMatch(row -> row.<String>getAs("kind").equals("clean"));
  }

  @Test
  void naturalAnomaliesComeFromOtherImagesAlsoWithTexturesFromFiles() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(3);
    fixture.set("corruption.textures=" + fixture.data.resolve("nut/train"));
    fixture.set("corruption.recipe=nsa");
    fixture.set("corruption.variants=8");
    fixture.set("image.size=64");
    fixture.run();
    assertThat(fixture.rows(SamplesTable.SPEC, "sample_id"))
        .hasSize(48)
        .extracting(row -> row.<String>getAs("kind"))
        .contains("nsa", "clean");
  }

  @Test
  void aSecondRunOnTheSameOutputIsRefused() throws Exception {
    PrepareFixture fixture = new PrepareFixture(folder).mvtec(2);
    try (OutputLock lock = OutputLock.acquire(fixture.root(), "train", "another application")) {
      assertThatThrownBy(fixture::run)
          .isInstanceOf(FairException.class)
          .hasMessageContaining("another run works on output.root: train, process");
      lock.requireHeld();
    }
  }
}
