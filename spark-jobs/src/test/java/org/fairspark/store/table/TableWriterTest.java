package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.LocalSpark;
import org.fairspark.cluster.FaultyFileSystem;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriterTest {
  private static final Provenance MADE_FROM =
      Provenance.of(Map.of("image.size", "2", "data.layout", "mvtec"));

  @TempDir Path folder;

  private SparkSession spark;
  private OutputRoot root;
  private OutputLock lock;
  private TableWriter writer;

  @BeforeEach
  void open() {
    spark = LocalSpark.session();
    root = OutputRoot.of(new Configuration(false), folder.toString());
    lock = OutputLock.acquire(root, "test", "app");
    writer = new TableWriter(root, lock, Map.of("fair", "1.2.3"));
  }

  @AfterEach
  void close() {
    lock.close();
  }

  private static ImagesTable.Image image(String category, String split, int number) {
    byte[] pixels = new byte[12];
    java.util.Arrays.fill(pixels, (byte) number);
    boolean anomalous = number == 3;
    return new ImagesTable.Image(
        new ImagesTable.SourceFile(
            category + "/" + number,
            "file:/x/" + number,
            900,
            901,
            1000 + number,
            1_700_000_000_123L,
            "00"),
        new ImagesTable.Place(category, split, anomalous ? "cut" : "good", anomalous ? 1 : 0),
        new PixelImage(3, 2, 2, pixels),
        anomalous
            ? new ImagesTable.Truth(
                new PixelImage(1, 2, 2, new byte[] {0, 1, 2, (byte) 255}), "file:/m/3", List.of())
            : ImagesTable.Truth.NONE);
  }

  private Dataset<Row> rows(ImagesTable.Image... images) {
    return spark.createDataFrame(
        Stream.of(images).map(ImagesTable.Image::toRow).toList(),
        ImagesTable.schema(Optional.of(ImageSize.square(2))));
  }

  private Dataset<Row> someRows() {
    return rows(
        image("ä b#%=1", "train", 1),
        image("ä b#%=1", "train", 2),
        image("ä b#%=1", "test", 3),
        image("001", "train", 4));
  }

  private Table write(Provenance provenance) throws IOException {
    return writer.stage(ImagesTable.SPEC, someRows()).commit(provenance, Map.of("note", 7));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    write(MADE_FROM);
    Table table = Table.open(root, ImagesTable.SPEC);
    assertThat(table.manifest().rows()).isEqualTo(4);
    assertThat(table.manifest().rowsBy("category")).isEqualTo(Map.of("ä b#%=1", 3L, "001", 1L));
    assertThat(table.manifest().rowsBy("split")).isEqualTo(Map.of("train", 3L, "test", 1L));
    assertThat(table.manifest().details()).isEqualTo(Map.of("note", 7));
    assertThat(table.manifest().versions()).isEqualTo(Map.of("fair", "1.2.3"));
    List<Row> rows = table.dataset(spark).orderBy("image_id").collectAsList();
    assertThat(rows)
        .extracting(r -> r.<String>getAs("category"))
        .as("names come back as they were, also those that look like numbers")
        .containsExactly("001", "ä b#%=1", "ä b#%=1", "ä b#%=1");
    Row anomalous = rows.get(3);
    assertThat(ImagesTable.mask(anomalous).orElseThrow().pixels())
        .containsExactly(0, 1, 2, (byte) 255);
    assertThat(ImagesTable.pixels(anomalous).at(1, 1, 2)).isEqualTo(3);
    assertThat(ImagesTable.mask(rows.get(0))).isEmpty();
    assertThat(anomalous.getTimestamp(anomalous.fieldIndex("modification_time")).getTime())
        .isEqualTo(1_700_000_000_123L);
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .as("no marker, no part of a file is left")
          .doesNotContain("_fair_unfinished")
          .noneMatch(name -> name.startsWith("_part-"));
    }
  }

  @Test
  void thisProcessAndSparkCountAndReadAlike() throws IOException {
    Table here = write(MADE_FROM);
    TableWriter bySpark = new TableWriter(root, lock, Map.of("fair", "1.2.3"), 0);
    Table there = bySpark.stage(ImagesTable.SPEC, someRows()).commit(MADE_FROM, Map.of("note", 7));
    assertThat(here.manifest().counts()).isEqualTo(there.manifest().counts()).hasSize(3);
    Map<String, Set<String>> train =
        Map.of("category", Set.of("ä b#%=1", "001"), "split", Set.of("train"));
    List<String> columns = List.of("image_id", "length", "label", "mask_path");
    assertThat(there.rows(spark, train, columns, 4))
        .extracting(TableWriterTest::cells)
        .containsExactlyInAnyOrderElementsOf(
            there.rows(spark, train, columns, 0).stream().map(TableWriterTest::cells).toList())
        .hasSize(3);
    assertThat(cells(there.rows(spark, Map.of("split", Set.of("test")), columns).get(0)))
        .isEqualTo("ä b#%=1/3 1003 1 file:/m/3");
  }

  private static String cells(Row row) {
    return "%s %s %s %s".formatted(row.get(0), row.get(1), row.get(2), row.get(3));
  }

  @Test
  void theFooterTellsHowToReadTheTensors() throws IOException {
    Table table = write(MADE_FROM);
    assertThat(table.dataset(spark).schema().apply("mask").metadata())
        .as("the tensors' metadata reach the reader")
        .isEqualTo(Tensors.mask(Optional.of(ImageSize.square(2))));
    int files = 0;
    try (Stream<Path> all = Files.walk(folder.resolve("images"))) {
      for (Path file : all.filter(p -> p.toString().endsWith(".parquet")).toList()) {
        files++;
        try (var reader =
            ParquetFileReader.open(
                HadoopInputFile.fromPath(
                    new org.apache.hadoop.fs.Path(null, null, file.toString()),
                    new Configuration(false)))) {
          String schema =
              reader
                  .getFileMetaData()
                  .getKeyValueMetaData()
                  .get("org.apache.spark.sql.parquet.row.metadata");
          assertThat(schema)
              .contains(
                  "\"tensor_type\":\"uint8\"",
                  "\"tensor_layout\":\"HWC\"",
                  "\"tensor_shape\":[2,2,3]",
                  "\"color\":\"RGB\"");
          for (ColumnChunkMetaData column : reader.getFooter().getBlocks().get(0).getColumns()) {
            if (column.getPath().toDotString().equals("pixels")) {
              assertThat(column.getCodec().name()).isEqualTo("ZSTD");
              assertThat(column.getEncodings())
                  .as("no dictionary of images")
                  .noneMatch(Encoding::usesDictionary);
            }
          }
        }
      }
    }
    assertThat(files).as("files").isGreaterThanOrEqualTo(3);
  }

  @Test
  void theSameProvenanceIsFoundAndAnotherIsRefused() throws IOException {
    assertThat(TableWriter.existing(root, ImagesTable.SPEC, MADE_FROM)).isEmpty();
    write(MADE_FROM);
    assertThat(TableWriter.existing(root, ImagesTable.SPEC, MADE_FROM)).isPresent();
    Provenance other = MADE_FROM.with("image.size", 4).with("seed", 1);
    assertThatThrownBy(() -> TableWriter.existing(root, ImagesTable.SPEC, other))
        .isInstanceOfSatisfying(
            FairException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.WRONG_USAGE))
        .hasMessageContaining("image.size: there 2, now 4; seed: there nothing, now 1")
        .hasMessageContaining("give another output.root");
    TableWriter.Staged staged = writer.stage(ImagesTable.SPEC, rows(image("a", "train", 1)));
    assertThatThrownBy(() -> staged.commit(other, Map.of()))
        .as("nor is it overwritten by one who did not ask")
        .isInstanceOf(FairException.class);
    assertThat(Table.open(root, ImagesTable.SPEC).manifest().rows()).isEqualTo(4);
  }

  @Test
  void theSameProvenanceReplaces() throws IOException {
    write(MADE_FROM);
    writer.stage(ImagesTable.SPEC, rows(image("a", "train", 1))).commit(MADE_FROM, Map.of());
    assertThat(Table.open(root, ImagesTable.SPEC).dataset(spark).count()).isEqualTo(1);
  }

  @Test
  void aTableWithoutManifestIsNotTrusted() throws IOException {
    assertThatThrownBy(() -> Table.open(root, ImagesTable.SPEC))
        .hasMessageStartingWith("there is no table images/");
    write(MADE_FROM);
    Path manifest = folder.resolve("images").resolve(TableManifest.FILE);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> Table.open(root, ImagesTable.SPEC))
        .hasMessageContaining("its manifest cannot be read");
    Files.delete(manifest);
    assertThatThrownBy(() -> Table.open(root, ImagesTable.SPEC))
        .isInstanceOfSatisfying(
            FairException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.FAILED))
        .hasMessageContaining("it has no manifest");
    assertThatThrownBy(() -> TableWriter.existing(root, ImagesTable.SPEC, MADE_FROM))
        .as("a folder without our marks may be the user's own")
        .hasMessageContaining("taken by a folder of something else");
  }

  @Test
  void whatAKilledRunLeftIsWrittenAnew() throws IOException {
    write(MADE_FROM);
    // As if killed between the rename and the manifest.
    Files.delete(folder.resolve("images").resolve(TableManifest.FILE));
    Files.writeString(folder.resolve("images/_fair_unfinished"), "{}");
    assertThatThrownBy(() -> Table.open(root, ImagesTable.SPEC))
        .hasMessageContaining("it has no manifest");
    assertThat(TableWriter.existing(root, ImagesTable.SPEC, MADE_FROM)).isEmpty();
    assertThat(write(MADE_FROM).dataset(spark).count()).isEqualTo(4);
    Files.createDirectories(folder.resolve("_fair_staging/images-x"));
    writer.clean();
    assertThat(folder.resolve("_fair_staging")).doesNotExist();
  }

  @Test
  void aMissingDataFileIsNoticed() throws IOException {
    write(MADE_FROM);
    try (Stream<Path> all = Files.walk(folder.resolve("images"))) {
      Files.delete(all.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    assertThatThrownBy(() -> Table.open(root, ImagesTable.SPEC))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("files of");
  }

  private OutputRoot objects(Map<String, String> faults) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Map<String, String> all = new HashMap<>(faults);
    all.put("objects", "true");
    FaultyFileSystem.configure(hadoop, all);
    return OutputRoot.of(hadoop, "faulty://" + folder.resolve("objects"));
  }

  private List<String> objectNames(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
      return all.map(Path::toString).filter(name -> name.endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void onAnObjectStoreATableIsWrittenInItsPlace() throws IOException {
    OutputRoot place = objects(Map.of());
    try (OutputLock held = OutputLock.acquire(place, "test", "app")) {
      TableWriter there = new TableWriter(place, held, Map.of());
      TableWriter.Staged first = there.stage(ImagesTable.SPEC, someRows());
      List<String> written = objectNames(".parquet");
      assertThatThrownBy(() -> Table.open(place, ImagesTable.SPEC))
          .as("not yet a table")
          .hasMessageContaining("it has no manifest");
      Table table = first.commit(MADE_FROM, Map.of());
      assertThat(objectNames(".parquet")).as("no file was moved").isEqualTo(written);
      assertThat(table.dataset(spark).count()).isEqualTo(4);

      Provenance other = MADE_FROM.with("seed", 1);
      TableWriter.Staged refused = there.stage(ImagesTable.SPEC, someRows());
      assertThatThrownBy(() -> refused.commit(other, Map.of())).isInstanceOf(FairException.class);
      assertThat(objectNames(".parquet")).as("nothing is left of it").isEqualTo(written);

      TableWriter.Staged second = there.stage(ImagesTable.SPEC, rows(image("a", "train", 1)));
      assertThat(Table.open(place, ImagesTable.SPEC).dataset(spark).count())
          .as("the older table, until the manifest is replaced")
          .isEqualTo(4);
      assertThat(second.commit(MADE_FROM, Map.of()).dataset(spark).count()).isEqualTo(1);
      assertThat(objectNames(".parquet")).as("the older files are gone").hasSize(1);
      assertThat(objectNames("_fair_unfinished")).isEmpty();
    }
  }

  @Test
  void onAnObjectStoreAKillAtAnyPointLeavesAWholeTableOrNone() throws IOException {
    boolean ended = false;
    for (int changes = 6; !ended; changes += 7) {
      try (OutputLock held = OutputLock.acquire(objects(Map.of()), "test", "app-" + changes)) {
        OutputRoot dying = objects(Map.of("changes", String.valueOf(changes)));
        TableWriter there = new TableWriter(dying, held, Map.of());
        there.stage(ImagesTable.SPEC, someRows()).commit(MADE_FROM, Map.of());
        ended = true;
      } catch (Exception e) {
        assertThat(e).hasStackTraceContaining("the process was killed");
      }
      OutputRoot place = objects(Map.of());
      assertThat(
              TableWriter.existing(place, ImagesTable.SPEC, MADE_FROM)
                  .map(table -> table.dataset(spark).count()))
          .as("after %d changes", changes)
          .isIn(Optional.empty(), Optional.of(4L));
    }
    assertThat(Table.open(objects(Map.of()), ImagesTable.SPEC).dataset(spark).count()).isEqualTo(4);
  }

  @Test
  void anEmptyTableIsATable() throws IOException {
    Dataset<Row> none = spark.createDataFrame(List.<Row>of(), QuarantineTable.schema());
    writer.stage(QuarantineTable.SPEC, none).commit(MADE_FROM, Map.of());
    Table table = Table.open(root, QuarantineTable.SPEC);
    assertThat(table.manifest().rows()).isZero();
    assertThat(table.dataset(spark).collectAsList()).isEmpty();
  }
}
