package org.fairspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.hadoop.io.SequenceFile;
import org.apache.spark.sql.Row;
import org.fairspark.anomaly.Peak;
import org.fairspark.archive.Archives;
import org.fairspark.cluster.FaultyFileSystem;
import org.fairspark.detect.Detection;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.files.ClosedFileSystem;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.JobRunner;
import org.fairspark.runtime.Terminal;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.Float16Codec;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreJobTest {
  @TempDir private Path folder;
  private ScoreFixture fixture;

  @BeforeEach
  void models() throws Exception {
    fixture = new ScoreFixture(folder);
  }

  private void putSome() throws Exception {
    List<Path> good = fixture.images("weave", "good");
    for (int i = 0; i < good.size(); i++) {
      fixture.put("line 1/weave/" + i + ".png", good.get(i));
    }
    fixture.put("flange/0.png", fixture.images("flange", "good").get(0));
  }

  private static String decision(Row row) {
    return row.getAs(ScoresTable.DECISION);
  }

  @Test
  void imagesAreScoredAsBySerialCodeWhereverTheyLie() throws Exception {
    List<Path> good = fixture.images("weave", "good");
    byte[] image = Files.readAllBytes(good.get(0));
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a/1.png", image);
    members.put("2.png", Files.readAllBytes(good.get(1)));
    members.put("broken.png", new byte[] {1, 2, 3});
    fixture.put("weave/deep/er/0.png", image);
    Archives.tar(fixture.archive.resolve("weave/pack.tar"), members);
    Archives.zip(fixture.archive.resolve("weave/pack.zip"), members);
    Archives.sequence(
        fixture.archive.resolve("weave/pack.seq"), members, SequenceFile.CompressionType.BLOCK);
    fixture.put("weave/notes.txt", new byte[5]);
    JobResult result = fixture.run("score.maps=all");

    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    TreeMap<String, Row> rows = fixture.newest();
    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(
            "weave/deep/er/0.png",
            "weave/pack.tar!/a/1.png",
            "weave/pack.tar!/2.png",
            "weave/pack.tar!/broken.png",
            "weave/pack.zip!/a/1.png",
            "weave/pack.zip!/2.png",
            "weave/pack.zip!/broken.png",
            "weave/pack.seq!/a/1.png",
            "weave/pack.seq!/2.png",
            "weave/pack.seq!/broken.png");
    TrainedModel model =
        new ModelStore(
                OutputRoot.of(
                    fixture.spark.sparkContext().hadoopConfiguration(),
                    fixture.models().getParent().toString()),
                "weave")
            .open();
    PixelImage pixels = ImageDecoder.decode(image, DecodeLimits.DEFAULT);
    Detection serial;
    try (Dl4jTrainer network = Dl4jTrainer.of(model.state())) {
      serial =
          new RestorationDetector(
                  fixture.trainedWith().extractor(),
                  network,
                  fixture.trainedWith().evaluation().anomalyFunction(),
                  8)
              .detect(List.of(Resize.bilinear(pixels, 32, 32).toFloat()))
              .get(0);
    }
    float threshold = model.calibration().found().orElseThrow().image().value();
    for (String name :
        List.of(
            "weave/deep/er/0.png",
            "weave/pack.tar!/a/1.png",
            "weave/pack.zip!/a/1.png",
            "weave/pack.seq!/a/1.png")) {
      Row row = rows.get(name);
      assertThat(row.<Float>getAs(ScoresTable.SCORE)).as(name).isEqualTo(serial.score());
      assertThat(row.<Float>getAs(ScoresTable.THRESHOLD)).isEqualTo(threshold);
      assertThat(decision(row)).isEqualTo(serial.score() > threshold ? "suspicious" : "normal");
      assertThat(row.<Float>getAs(ScoresTable.NORMALIZED) > 0.5f)
          .isEqualTo(serial.score() > threshold);
      Peak peak = Peak.of(serial.map());
      assertThat(row.<Integer>getAs(ScoresTable.PEAK_X)).isEqualTo(2 * peak.column() + 1);
      assertThat(row.<Integer>getAs(ScoresTable.WIDTH)).isEqualTo(64);
      assertThat(row.<String>getAs(ScoresTable.MODEL)).isEqualTo(model.id());
      float[] map = Float16Codec.toFloats(row.getAs(ScoresTable.MAP));
      assertThat(map[peak.row() * 32 + peak.column()])
          .isCloseTo(serial.score(), org.assertj.core.api.Assertions.withinPercentage(0.1));
    }
    Row broken = rows.get("weave/pack.tar!/broken.png");
    assertThat(decision(broken)).isEqualTo("unreadable");
    assertThat(broken.<String>getAs(ScoresTable.REASON)).isEqualTo("NOT_AN_IMAGE");
    assertThat(fixture.output.resolve("unreadable.csv")).content().contains("NOT_AN_IMAGE");
  }

  @Test
  void everyFileIsScoredOrHasAReason() throws Exception {
    byte[] image = Files.readAllBytes(fixture.images("weave", "good").get(0));
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("1.png", image);
    members.put("1.json", new byte[2]);
    members.put("__MACOSX/._1.png", new byte[2]);
    fixture.put("weave/0.png", image);
    fixture.put("other/0.png", image);
    fixture.put("weave/0.png.sha256", new byte[3]);
    fixture.put("weave/1.svg", new byte[3]);
    fixture.put("weave/@eaDir/0.png/SYNOPHOTO_THUMB_M.jpg", image);
    fixture.put("weave/.cache/deep/0.png", image);
    fixture.put("Thumbs.db", new byte[3]);
    fixture.put("weave/ground_truth/hole/0_mask.png", image);
    Archives.tar(fixture.archive.resolve("weave/pack.tar"), members);
    Files.createSymbolicLink(fixture.archive.resolve("weave/out.png"), folder.resolve("models"));
    long files;
    try (var all = Files.walk(fixture.archive)) {
      files = all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).count();
    }
    String sum = "files    %d: 2 images, 1 archives, %d left out".formatted(files, files - 3);
    assertThat(fixture.plan().summary()).as("dry run").contains(sum);
    ScoreResult result = fixture.run();
    assertThat(fixture.terminal)
        .contains(sum, "in archives 3: 1 images, 2 left out", "such as weave/0.png.sha256");
    assertThat(result.files().files()).as("files").isEqualTo(files);
    assertThat(fixture.rows()).hasSize(3);
    Map<?, ?> told =
        new ScoresStore(fixture.root()).newestRun().orElseThrow().outcome().orElseThrow().files();
    assertThat(told.get("files")).as("in the run's record").isEqualTo((int) files);
  }

  @Test
  void aClosedFolderOrFileIsARowAndTheRestIsDone() throws Exception {
    ClosedFileSystem.register(fixture.spark.sparkContext().hadoopConfiguration());
    Path image = fixture.images("weave", "good").get(0);
    fixture.put("weave/0.png", image);
    fixture.put("weave/closed.png", image);
    fixture.put("weave/closed/1.png", image);
    fixture.put("weave/junk.zip", new byte[] {'P', 'K', 3, 4, 5});
    String data = "data.root=closed:" + fixture.archive;
    assertThat(fixture.plan(data).summary())
        .as("dry run")
        .contains("2 images: 2 to score, 0 up to date; 0 gone since they were scored");
    ScoreResult result = fixture.run(data);
    assertThat(result.files().files()).as("files, without those of the folder").isEqualTo(3);
    assertThat(result.files().broken()).as("archives that cannot be read").isEqualTo(1);
    assertThat(result.images().images()).as("images").isEqualTo(2);
    assertThat(result.images().unopened()).as("a folder and an archive").isEqualTo(2);
    assertThat(result.summary())
        .anyMatch(line -> line.matches("weave +2 images, .*, 1 unreadable"))
        .anyMatch(line -> line.startsWith("unreadable: {NO_ACCESS=1}, see "))
        .anyMatch(line -> line.startsWith("not opened: {BROKEN_ARCHIVE=1, NO_ACCESS=1}, see "));
    assertThat(fixture.newest().values())
        .extracting(
            row -> row.getAs(ScoresTable.NAME_BELOW_ROOT) + " " + row.getAs(ScoresTable.REASON))
        .containsExactly(
            "weave/0.png null",
            "weave/closed NO_ACCESS",
            "weave/closed.png NO_ACCESS",
            "weave/junk.zip BROKEN_ARCHIVE");
    assertThat(fixture.output.resolve("unreadable.csv")).content().contains("NO_ACCESS");
    assertThat(fixture.plan(data).summary())
        .anyMatch(line -> line.endsWith("such as weave/closed/"))
        .anyMatch(line -> line.endsWith("0 left out, 1 folder(s) not looked into"))
        .anyMatch(line -> line.startsWith("2 images: 0 to score, 2 up to date"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTableNamesTheImagesToScoreAndItsColumnsTravelAlong(boolean onDriver) throws Exception {
    fixture.small = onDriver ? fixture.small : 0;
    byte[] image = Files.readAllBytes(fixture.images("weave", "good").get(0));
    fixture.put("weave/0.png", image);
    fixture.put("weave/1.png", image);
    fixture.put("line 1/2.png", image);
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a.png", image);
    members.put("b.png", image);
    Archives.tar(fixture.archive.resolve("weave/pack.tar"), members);
    Path outside = Files.write(folder.resolve("3.png"), image);
    Path table = folder.resolve("lot.csv");
    Files.writeString(
        table,
        """
        path,category,lot
        weave/0.png,,7
        line 1/2.png,weave,7
        weave/pack.tar!/b.png,,8
        weave/pack.tar!/c.png,,8
        weave/9.png,,8
        %s,weave,9
        """
            .formatted(outside));
    String input = "score.input=" + table;
    assertThat(fixture.plan(input).summary())
        .contains(
            "table    %s: 6 rows, 1 of them of files that are not there".formatted(table),
            "6 images: 6 to score, 0 up to date; 0 gone since they were scored");
    fixture.run(input);
    Map<String, Row> rows = fixture.newest();
    assertThat(rows.values())
        .extracting(
            row ->
                "%s %s %s"
                    .formatted(
                        Path.of(row.<String>getAs(ScoresTable.NAME_BELOW_ROOT)).getFileName(),
                        row.getAs(ScoresTable.REASON),
                        row.getAs("other_columns")))
        .containsExactlyInAnyOrder(
            "0.png null {\"lot\":\"7\"}",
            "2.png null {\"lot\":\"7\"}",
            "b.png null {\"lot\":\"8\"}",
            "c.png GONE {\"lot\":\"8\"}",
            "9.png GONE {\"lot\":\"8\"}",
            "3.png null {\"lot\":\"9\"}");
    assertThat(fixture.output.resolve("unreadable.csv"))
        .content()
        .contains("score.input names it in row 6, and it is not there");
    assertThat(fixture.run().scored()).as("all others below data.root").isEqualTo(3);
    Files.writeString(table, "path,lot\nweave/0.png,7\nline 1/2.png,7\nweave/0.png,8\n");
    assertThatThrownBy(() -> fixture.plan(input))
        .as("which lot is it of?")
        .hasMessageContaining("'weave/0.png' is named in row 2 already");
  }

  @Test
  void oneModelScoresTheImagesOfItsPathOnly() throws Exception {
    fixture.put("weave/0.png", fixture.images("weave", "good").get(0));
    fixture.put("other/0.png", fixture.images("weave", "good").get(0));
    fixture.run("score.model=" + fixture.models().resolve("weave"));
    assertThat(fixture.newest().get("other/0.png").<String>getAs(ScoresTable.REASON))
        .isEqualTo("NO_MODEL");
    assertThat(fixture.newest().get("weave/0.png").<String>getAs(ScoresTable.REASON)).isNull();
  }

  @Test
  void aSecondNightScoresOnlyWhatIsNewOrChanged() throws Exception {
    putSome();
    fixture.run();
    Map<String, Row> first = fixture.newest();
    assertThat(first).hasSize(4);
    ScoreResult again = fixture.run();
    assertThat(again.scored()).as("scored").isZero();
    assertThat(fixture.rows()).as("nothing was added").hasSize(4);

    fixture.put("weave/new.png", fixture.images("weave", "good").get(1));
    fixture.put("line 1/weave/0.png", fixture.images("weave", "good").get(2));
    Files.delete(fixture.archive.resolve("flange/0.png"));
    assertThat(fixture.planWithoutSpark().summary())
        .as("a dry run says what there is to do")
        .contains("4 images: 2 to score, 2 up to date; 1 gone since they were scored");
    assertThat(fixture.rows()).as("and does nothing").hasSize(4);

    ScoreResult second = fixture.run();
    assertThat(second.details())
        .as("what --json prints")
        .containsEntry("scored", 2L)
        .containsEntry("images", 4L);
    Map<String, Row> newest = fixture.newest();
    assertThat(newest)
        .as("what is gone is noted, not deleted")
        .hasSize(5)
        .containsKey("flange/0.png");
    assertThat(fixture.output.resolve("removed.csv")).content().contains("flange/0.png");
    assertThat(newest.get("line 1/weave/0.png").<Float>getAs(ScoresTable.SCORE))
        .isEqualTo(first.get("line 1/weave/2.png").<Float>getAs(ScoresTable.SCORE));
    assertThat(newest.get("line 1/weave/1.png")).isEqualTo(first.get("line 1/weave/1.png"));
  }

  @Test
  void aSecondRunOnTheSameRootIsRefusedAndChangesNothing() throws Exception {
    fixture.put("weave/0.png", fixture.images("weave", "good").get(0));
    fixture.run();
    List<Row> rows = fixture.rows();
    fixture.put("weave/1.png", fixture.images("weave", "good").get(1));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try (OutputLock other = OutputLock.acquire(fixture.root(), "score", "another application")) {
      assertThatThrownBy(fixture::run)
          .isInstanceOfSatisfying(
              FairException.class,
              e -> {
                assertThat(e.status()).isEqualTo(ExitStatus.WRONG_USAGE);
                PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
                JobRunner.report(e, "score", Terminal.plain(stream, stream));
              });
      other.requireHeld();
    }
    assertThat(told.toString(StandardCharsets.UTF_8).lines().toList())
        .as("what, where, what to do")
        .satisfiesExactly(
            what ->
                assertThat(what)
                    .startsWith("error  another run works on output.root: score, process "),
            where -> assertThat(where).startsWith("where  ").endsWith("_fair_lock.json"),
            toDo -> assertThat(toDo).startsWith("to do  wait for it, or give another output.root"));
    assertThat(fixture.rows()).isEqualTo(rows);
    assertThat(fixture.run().scored()).as("once the other is gone").isEqualTo(1);
  }

  @Test
  void theLockOfARunThatWasKilledIsTakenOverAndItsHalfCommitGoes() throws Exception {
    fixture.put("weave/0.png", fixture.images("weave", "good").get(0));
    fixture.run();
    Path half =
        Files.copy(fixture.dataFiles().get(0), fixture.output.resolve("scores/half.parquet"));
    Path lock = fixture.output.resolve("_fair_lock.json");
    String text;
    try (OutputLock held = OutputLock.acquire(fixture.root(), "score", "killed application")) {
      text = Files.readString(lock);
      held.requireHeld();
    }
    // The number of its process belongs to another by now.
    Files.writeString(
        lock,
        text.replaceFirst(
            "\"processStarted\":\"[^\"]*\"", "\"processStarted\":\"2001-01-01T00:00:00Z\""));
    fixture.put("weave/1.png", fixture.images("weave", "good").get(1));
    assertThat(fixture.run().scored()).isEqualTo(1);
    assertThat(half).doesNotExist();
    assertThat(fixture.newest()).hasSize(2);
    assertThat(lock).as("released").doesNotExist();
  }

  @Test
  void byContentATouchedFileIsNotScoredAgain() throws Exception {
    putSome();
    fixture.run("score.changes=content");
    Path touched = fixture.archive.resolve("flange/0.png");
    Files.setLastModifiedTime(touched, FileTime.fromMillis(1_000_000_000_000L));
    byte[] other = Files.readAllBytes(fixture.images("weave", "good").get(1));
    Path changed = fixture.put("line 1/weave/0.png", other);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000_000_000L));
    fixture.run("score.changes=content");
    assertThat(fixture.rows())
        .as("only the changed one has a new row")
        .filteredOn(row -> row.<Integer>getAs(ScoresTable.BATCH) == 2)
        .extracting(row -> row.<String>getAs(ScoresTable.NAME_BELOW_ROOT))
        .containsExactly("line 1/weave/0.png");
    assertThat(fixture.rows()).hasSize(4);
    List<Path> files = fixture.dataFiles();
    fixture.run("score.changes=content");
    assertThat(fixture.dataFiles()).as("read again, and as they were").isEqualTo(files);
    fixture.run("score.changes=time");
    assertThat(fixture.rows())
        .as("by time the touched one is another")
        .filteredOn(row -> row.<Integer>getAs(ScoresTable.BATCH) == 3)
        .extracting(row -> row.<String>getAs(ScoresTable.NAME_BELOW_ROOT))
        .containsExactly("flange/0.png");
    assertThat(fixture.rows()).hasSize(4);
  }

  @Test
  void otherModelsOrSettingsScoreAgain() throws Exception {
    putSome();
    fixture.run();
    assertThat(fixture.run("score.maps=all").scored()).as("scored").isEqualTo(4);
    assertThat(fixture.newest()).hasSize(4);
    assertThat(fixture.run("score.maps=all", "score.top=1").scored())
        .as("scored, where the setting changes no row")
        .isZero();
  }

  @Test
  void severalCommitsRenewTheRowsOfOneFile() throws Exception {
    putSome();
    fixture.run();
    assertThat(fixture.run("score.maps=all", "score.commit-images=1").details())
        .containsEntry("scored", 4L);
    assertThat(fixture.newest().values())
        .extracting(row -> row.<Integer>getAs(ScoresTable.BATCH))
        .containsExactlyInAnyOrder(2, 3, 4, 5);
  }

  @Test
  void whatAFailedRunCommittedIsNotDoneAgain() throws Exception {
    for (int i = 0; i < 12; i++) {
      fixture.put("weave/%02d.png".formatted(i), fixture.images("weave", "good").get(i % 3));
    }
    // Sorts last, opens never.
    fixture.put("weave/dead.png", new byte[10]);
    fixture
        .spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.flaky.impl", "org.fairspark.files.FlakyFileSystem");
    String flaky = "data.root=flaky:" + fixture.archive;
    assertThatThrownBy(() -> fixture.run(flaky, "score.commit-images=3", "score.read-attempts=4"))
        .hasRootCauseMessage("connection reset by peer");
    List<Row> before = fixture.rows();
    assertThat(before.size()).as("some batches were committed").isBetween(3, 12);
    // Files in place that no commit lists, as a kill leaves them, and work aside.
    Path left = fixture.output.resolve("scores/000077-x.zstd.parquet");
    Files.copy(fixture.dataFiles().get(0), left);
    assertThat(fixture.rows()).as("they do not count").isEqualTo(before);
    Files.createDirectories(fixture.output.resolve("scores/_work/x"));
    Files.delete(fixture.archive.resolve("weave/dead.png"));

    fixture.run(flaky, "score.commit-images=3", "score.read-attempts=4");
    assertThat(fixture.terminal).contains("going on with the run of");
    assertThat(left).doesNotExist();
    assertThat(fixture.output.resolve("scores/_work")).doesNotExist();
    assertThat(fixture.newest()).as("nothing lost").hasSize(12);
    List<Row> after = fixture.rows();
    assertThat(after).as("nothing twice").hasSize(12).containsAll(before);
  }

  @Test
  void aFailingStoreIsNoBadImage() throws Exception {
    putSome();
    Archives.tar(
        fixture.archive.resolve("line 1/weave/pack.tar"),
        Map.of("1.png", Files.readAllBytes(fixture.images("weave", "good").get(0))));
    var conf = fixture.spark.sparkContext().hadoopConfiguration();
    conf.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    conf.set("fs.faulty.impl.disable.cache", "true");
    conf.set("fs.faulty.open.every", "3");
    conf.set("fs.faulty.reorder", "true");
    try {
      ScoreResult result = fixture.run("data.root=faulty:" + fixture.archive);
      assertThat(result.images().unreadable()).as("unreadable").isZero();
      assertThat(result.images().images()).as("images").isEqualTo(5);
    } finally {
      conf.unset("fs.faulty.open.every");
    }
  }

  @Test
  void tooManyBadFilesEndWithCodeThree() throws Exception {
    putSome();
    fixture.put("weave/empty.png", new byte[0]);
    byte[] huge = PngEncoder.encode(new PixelImage(1, 1, 1, new byte[1]));
    // Width and height in the header, 16 and 20 bytes from the beginning, and its checksum.
    huge[17] = 1;
    huge[21] = 1;
    CRC32 checksum = new CRC32();
    checksum.update(huge, 12, 17);
    ByteBuffer.wrap(huge).putInt(29, (int) checksum.getValue());
    fixture.put("weave/huge.png", huge);
    fixture.put("other/0.png", fixture.images("weave", "good").get(0));
    JobResult result = fixture.run("bad-records.max-ratio=0.4");
    assertThat(result.status()).as("3 of 7").isEqualTo(ExitStatus.TOO_MANY_BAD_RECORDS);
    assertThat(result.summary())
        .contains(
            "3 of 7 could not be used, more than bad-records.max-ratio = 0.4 allows: exit code 3");
    Map<String, Row> rows = fixture.newest();
    assertThat(rows.get("weave/huge.png").<String>getAs(ScoresTable.REASON)).isEqualTo("TOO_LARGE");
    assertThat(rows.get("weave/empty.png").<String>getAs(ScoresTable.REASON)).isEqualTo("EMPTY");
    assertThat(rows.get("other/0.png").<String>getAs(ScoresTable.REASON)).isEqualTo("NO_MODEL");
    assertThat(String.join("\n", result.summary()))
        .contains("unreadable: {EMPTY=1, NO_MODEL=1, TOO_LARGE=1}");
    assertThat(fixture.run("bad-records.max-ratio=0.5").status())
        .as("the same again, allowed")
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void imagesOfAnotherKindAreCalledDrift() throws Exception {
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 30; i++) {
      byte[] noise = new byte[3 * 40 * 40];
      for (int p = 0; p < noise.length; p++) {
        noise[p] = (byte) random.nextInt(256);
      }
      fixture.put("x/" + i + ".png", PngEncoder.encode(new PixelImage(3, 40, 40, noise)));
    }
    fixture.run("score.category=weave");
    assertThat(fixture.terminal)
        .contains("warning  weave looks different from what the model was trained on")
        .containsPattern(
            "; images are .*sharper \\(sharpness 0\\.\\d+, held-out ones' 0\\.\\d+\\)");
    Row row = fixture.newest().get("x/0.png");
    assertThat(row.<Float>getAs(ScoresTable.BRIGHTNESS)).isBetween(0.45f, 0.55f);
  }

  @Test
  void theHighestScoresGetOverlaysAndTheSuspiciousAList() throws Exception {
    putSome();
    for (Path defect : fixture.images("weave", "hole")) {
      fixture.put("weave/hole/" + defect.getFileName(), defect);
    }
    fixture.run("score.top=2");
    try (var pictures = Files.walk(fixture.output.resolve("overlays"))) {
      assertThat(pictures.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
          .as("two of weave, the one of flange")
          .hasSize(3)
          .allMatch(name -> name.matches("000[12]-.*\\.png"));
    }
    long suspicious =
        fixture.newest().values().stream().filter(r -> decision(r).equals("suspicious")).count();
    assertThat(Files.readAllLines(fixture.output.resolve("suspicious.csv")))
        .hasSize((int) suspicious + 1)
        .first()
        .isEqualTo("category,normalized_score,score,peak_x,peak_y,area,region_count,path");
  }

  @Test
  void largeImagesMayBeTiled() throws Exception {
    putSome();
    fixture.run("score.large-images=tile", "score.tile-overlap=16", "score.maps=all");
    String thresholds =
        "flange: images larger than 32 x 32 are cut into tiles, and the thresholds are those of"
            + " whole images of that size";
    assertThat(fixture.terminal).contains(thresholds);
    assertThat(fixture.plan("score.large-images=tile").summary())
        .anyMatch(line -> line.startsWith(thresholds));
    Row row = fixture.newest().get("flange/0.png");
    assertThat(row.<Integer>getAs(ScoresTable.MAP_HEIGHT))
        .as("in its own resolution")
        .isEqualTo(64);
    assertThat(row.<Integer>getAs(ScoresTable.MAP_WIDTH)).isEqualTo(64);
  }

  @Test
  void enginesAgree() throws Exception {
    putSome();
    fixture.run();
    Map<String, Row> dl4j = fixture.newest();
    String other = "output.root=" + folder.resolve("onnx");
    fixture.run(other, "score.engine=onnx");
    ScoresStore onnx =
        new ScoresStore(
            OutputRoot.of(
                fixture.spark.sparkContext().hadoopConfiguration(),
                folder.resolve("onnx").toString()));
    for (Row row : onnx.rows(fixture.spark).collectAsList()) {
      float score = dl4j.get(row.<String>getAs(ScoresTable.NAME_BELOW_ROOT)).getAs("score");
      assertThat(row.<Float>getAs(ScoresTable.SCORE))
          .isCloseTo(score, org.assertj.core.api.Assertions.withinPercentage(0.1));
    }
  }

  @Test
  void wrongPlacesAreToldBeforeAnythingIsWritten() throws Exception {
    putSome();
    assertThatThrownBy(() -> fixture.run("score.category=bottle"))
        .isInstanceOf(FairException.class)
        .hasMessageStartingWith("score.model has no model of bottle; there are flange, weave\n");
    assertThatThrownBy(() -> fixture.run("score.model=" + folder.resolve("nowhere")))
        .hasMessageStartingWith("score.model does not exist\n");
    assertThatThrownBy(() -> fixture.run("score.model=" + fixture.archive))
        .hasMessageStartingWith("there is no finished model in score.model\n");
    assertThatThrownBy(() -> fixture.run("output.root=" + fixture.archive.resolve("out")))
        .hasMessageContaining("output.root lies in data.root");
    assertThat(fixture.output).doesNotExist();
  }
}
