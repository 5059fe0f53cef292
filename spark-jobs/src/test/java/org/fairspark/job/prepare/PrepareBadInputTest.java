package org.fairspark.job.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.FlakyFileSystem;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.store.ReadOnlyFileSystem;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.QuarantineTable;
import org.fairspark.store.table.QuarantineTable.BadFile;
import org.fairspark.store.table.SamplesTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareBadInputTest {
  @TempDir Path folder;

  private PrepareFixture fixture;

  @BeforeEach
  void make() {
    fixture = new PrepareFixture(folder);
  }

  private List<BadFile> quarantine() {
    return fixture.rows(QuarantineTable.SPEC, "image_id").stream().map(BadFile::of).toList();
  }

  @Test
  void anEmptyFolder() throws Exception {
    Files.createDirectories(fixture.data);
    assertThatThrownBy(fixture::run)
        .isInstanceOf(FairException.class)
        .hasMessageStartingWith("no images in data.root")
        .hasMessageContaining(fixture.data.toString());
    assertThat(fixture.output).as("nothing was written").doesNotExist();
  }

  @Test
  void aCategoryWithoutTestImages() throws Exception {
    fixture.image("nut/train/good/0.png", 20, 20);
    PrepareResult result = fixture.run();
    assertThat(result.status()).isEqualTo(ExitStatus.DONE);
    assertThat(result.summary().get(0))
        .isEqualTo("nut       1 train       0 test (0 good, 0 anomalous of 0 kind(s))");
    PreparedImages prepared = PreparedImages.of(fixture.table(ImagesTable.SPEC).manifest());
    assertThat(prepared.categories().get("nut").testAnomalous()).isZero();
    assertThat(fixture.table(SamplesTable.SPEC).manifest().rows()).isEqualTo(3);
  }

  @Test
  void filesThatAreNoImagesGoToQuarantineWithTheReason() throws Exception {
    fixture.mvtec(3);
    byte[] whole = Files.readAllBytes(fixture.data.resolve("nut/train/good/0.png"));
    fixture.write("nut/train/good/truncated.png", Arrays.copyOf(whole, whole.length / 2));
    fixture.write("nut/train/good/text.png", "this is text".getBytes(StandardCharsets.UTF_8));
    fixture.write("nut/test/good/empty.png", new byte[0]);
    PrepareResult result = fixture.run();
    assertThat(quarantine())
        .extracting(BadFile::imageId, BadFile::reason, BadFile::size, BadFile::split)
        .containsExactly(
            tuple("nut/test/good/empty.png", Reason.EMPTY, 0L, "test"),
            tuple("nut/train/good/text.png", Reason.NOT_AN_IMAGE, 12L, "train"),
            tuple(
                "nut/train/good/truncated.png",
                Reason.TRUNCATED,
                (long) whole.length / 2,
                "train"));
    assertThat(quarantine().get(0).path())
        .isEqualTo("file:" + fixture.data.resolve("nut/test/good/empty.png"));
    assertThat(fixture.table(ImagesTable.SPEC).manifest().rows()).isEqualTo(12);
    assertThat(result.summary())
        .anyMatch(line -> line.startsWith("nut") && line.endsWith(", 3 quarantined"))
        .anyMatch(
            line ->
                line.startsWith(
                    "3 of 15 images could not be used {EMPTY=1, NOT_AN_IMAGE=1, TRUNCATED=1}"));
    assertThat(result.status()).as("as many as one likes").isEqualTo(ExitStatus.DONE);
    assertThat(result.prepared().bad()).as("bad").isEqualTo(3);
    assertThat(result.details()).containsEntry("quarantined", 3L).containsEntry("listed", 15L);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  @Test
  void moreBadRecordsThanAllowedEndWithExitCode3AlsoWhenNothingIsDoneAgain() throws Exception {
    fixture.mvtec(3);
    fixture.write("nut/train/good/bad.png", new byte[0]);
    fixture.set("bad-records.max-ratio=0.05");
    assertThat(fixture.run().status()).isEqualTo(ExitStatus.TOO_MANY_BAD_RECORDS);
    assertThat(fixture.run().status()).isEqualTo(ExitStatus.TOO_MANY_BAD_RECORDS);
    fixture.set("bad-records.max-ratio=0.1");
    assertThat(fixture.run().status()).as("1 of 13").isEqualTo(ExitStatus.DONE);
  }

  @Test
  void aMaskThatCannotBeUsedCostsItsImagePixelMetricsAlone() throws Exception {
    fixture.mvtec(2);
    fixture.mask("nut/ground_truth/cut/0_mask.png", 43, 30);
    fixture.write("nut/ground_truth/cut/1_mask.png", new byte[0]);

    PrepareResult result = fixture.run();

    assertThat(quarantine())
        .extracting(BadFile::imageId, BadFile::reason, BadFile::message)
        .containsExactly(
            tuple(
                "nut/test/cut/0.png",
                Reason.MASK_SIZE,
                "the mask has 30 x 43 pixels, its image 30 x 40"),
            tuple("nut/test/cut/1.png", Reason.EMPTY, "mask: the file has no bytes"));
    assertThat(quarantine().get(0).path())
        .as("the file at fault")
        .endsWith("nut/ground_truth/cut/0_mask.png");
    PreparedImages.Category nut = result.prepared().categories().get("nut");
    assertThat(nut.testAnomalous()).as("anomalous images").isEqualTo(2);
    assertThat(nut.lackingMask()).as("without a mask").isEqualTo(2);
    assertThat(result.prepared().bad()).as("images that could not be used").isZero();
    assertThat(result.summary())
        .anyMatch(line -> line.startsWith("nut: 2 anomalous image(s) are used without their"))
        .anyMatch(
            line -> line.startsWith("2 mask(s) could not be used {EMPTY=1, MASK_SIZE=1}, see "))
        .noneMatch(line -> line.contains("images could not be used"));
    assertThat(result.prepared().reasons()).as("of images").isEmpty();
  }

  @Test
  void camerasOfTwelveBitsAreReadByTheirDepthAndItIsTold() throws Exception {
    fixture.mvtec(2);
    for (int i = 0; i < 2; i++) {
      fixture.write("pin/train/good/%d.png".formatted(i), PngSixteen.of(16, 16, 1000 * (i + 2)));
      fixture.write("pin/test/good/%d.png".formatted(i), PngSixteen.of(16, 16, 900 + i));
    }

    PrepareResult result = fixture.run();

    assertThat(result.prepared().bitDepths()).containsExactly(Map.entry("pin", 12));
    assertThat(result.summary()).anyMatch(line -> line.startsWith("pin: 16-bit files are read as"));
    assertThat(fixture.terminal).contains("pin: the samples of its 16-bit files have 12 bits");
    Row test =
        fixture.rows(ImagesTable.SPEC, "image_id").stream()
            .filter(row -> row.getAs("image_id").equals("pin/test/good/1.png"))
            .findFirst()
            .orElseThrow();
    assertThat(test.<byte[]>getAs("pixels")).as("901 of 4095").containsOnly(901 >> 4);
    assertThat(fixture.run().prepared().bitDepths()).as("kept").hasSize(1);

    fixture.set("image.bit-depth=10");
    fixture.set("output.root=" + folder.resolve("ten"));
    PrepareResult ten = fixture.run();
    assertThat(ten.prepared().bitDepths()).containsEntry("pin", 10);
    assertThat(ten.summary()).anyMatch(line -> line.contains("samples beyond the bit depth"));
  }

  @Test
  void imagesBeyondTheLimitAreLeftOut() throws Exception {
    fixture.mvtec(1);
    fixture.image("nut/train/good/wide.png", 40, 31);
    fixture.set("image.max-pixels=1200");

    fixture.run();

    assertThat(quarantine())
        .extracting(BadFile::imageId, BadFile::reason)
        .containsExactly(tuple("nut/train/good/wide.png", Reason.TOO_LARGE));
  }

  @Test
  void namesWithColonsAndStaleChecksumFilesAreRead() throws Exception {
    fixture.mvtec(1);
    fixture.image("nut/train/good/2024-05-01T10:00:00.png", 20, 20);
    fixture.write("nut/train/good/.0.png.crc", "crc\0\0\0\2\0none".getBytes(UTF_8));
    PrepareResult result = fixture.run();
    assertThat(result.prepared().bad()).as("bad").isZero();
    assertThat(result.prepared().categories().get("nut").train()).isEqualTo(2);
    assertThat(result.files().files()).as("files").isEqualTo(14);
    assertThat(fixture.terminal)
        .contains(
            "nut: kinds of defect: cut 2",
            "files    14: 9 images, 4 masks, 1 left out:",
            "such as nut/train/good/.0.png.crc");
    assertThat(fixture.plan().summary())
        .as("dry run")
        .contains("nut: kinds of defect: cut 2", "files    14: 9 images, 4 masks, 1 left out:");
  }

  @Test
  void namesThatHadoopCannotWriteAreRefusedBeforeAnyWork() throws Exception {
    fixture.mvtec(1);
    for (String root : List.of("run-10:30", folder + "/run-10:30", "file:" + folder + "/a:b")) {
      fixture.set("output.root=" + root);
      assertThatThrownBy(fixture::run)
          .isInstanceOfSatisfying(
              FairException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.WRONG_USAGE))
          .hasMessageStartingWith("output.root holds a colon");
    }
    fixture.set("output.root=" + fixture.output);
    fixture.image("a:b/train/good/0.png", 20, 20);
    assertThatThrownBy(fixture::run)
        .hasMessageStartingWith("the category 'a:b' holds a colon")
        .hasMessageContaining("leave it out by data.categories");
    Files.move(fixture.data.resolve("a:b"), fixture.data.resolve("a\\b"));
    assertThatThrownBy(fixture::run)
        .hasMessageStartingWith("the category 'a\\b' holds a backslash");
    assertThat(fixture.output).as("nothing was written").doesNotExist();
  }

  @Test
  void aMissingMaskIsRecordedAndNoFault() throws Exception {
    fixture.mvtec(2);
    Files.delete(fixture.data.resolve("nut/ground_truth/cut/0_mask.png"));
    PrepareResult result = fixture.run();
    assertThat(result.summary())
        .anyMatch(line -> line.startsWith("nut") && line.endsWith(", 1 without mask"));
    Row row =
        fixture.rows(ImagesTable.SPEC, "image_id").stream()
            .filter(r -> r.getAs("image_id").equals("nut/test/cut/0.png"))
            .findFirst()
            .orElseThrow();
    assertThat(row.<Integer>getAs("label")).isEqualTo(1);
    assertThat(row.<byte[]>getAs("mask")).isNull();
    assertThat(
            PreparedImages.of(fixture.table(ImagesTable.SPEC).manifest())
                .categories()
                .get("nut")
                .lackingMask())
        .isEqualTo(1);
  }

  @Test
  void allTrainingImagesBad() throws Exception {
    fixture.mvtec(1);
    fixture.write("nut/train/good/0.png", new byte[0]);
    fixture.run();
    assertThat(fixture.terminal).contains("all training images of nut are bad");
    assertThat(fixture.table(SamplesTable.SPEC).manifest().rowsBy("category"))
        .isEqualTo(Map.of("grün 1", 3L));
  }

  @Test
  void anOutputThatCannotBeWrittenIsToldBeforeAnyWork() throws Exception {
    fixture.mvtec(1);
    ReadOnlyFileSystem.register(fixture.spark.sparkContext().hadoopConfiguration());
    fixture.set("output.root=readonly:" + folder.resolve("out"));
    assertThatThrownBy(fixture::run)
        .isInstanceOfSatisfying(
            FairException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.WRONG_USAGE))
        .hasMessageStartingWith("output.root cannot be written to: Permission denied");
    assertThat(fixture.terminal).as("no progress was shown").isEmpty();
  }

  @Test
  void aTextureThatCannotBeDecodedIsPassedOverAndNoneAtAllIsToldSo() throws Exception {
    fixture.mvtec(4);
    Path textures = Files.createDirectories(folder.resolve("textures"));
    Files.writeString(textures.resolve("a.png"), "no image");
    fixture.set("corruption.textures=" + textures);
    fixture.set("corruption.variants=10");
    assertThatThrownBy(fixture::run)
        .hasStackTraceContaining("none of the 1 files in corruption.textures can be decoded");
    Files.write(
        textures.resolve("b.png"),
        Files.readAllBytes(fixture.data.resolve("nut/train/good/0.png")));
    fixture.run();
    assertThat(fixture.table(SamplesTable.SPEC).manifest().rows()).isEqualTo(80);
  }

  @Test
  void anOutputInTheDataIsRefused() throws Exception {
    fixture.mvtec(1);
    fixture.set("output.root=" + fixture.data.resolve("out"));
    assertThatThrownBy(fixture::run).hasMessageStartingWith("output.root lies in data.root");
    assertThat(fixture.data.resolve("out")).doesNotExist();
  }

  @Test
  void passingFaultsOfTheStoreAreTriedAgainAndLastingOnesFailTheJob() throws Exception {
    fixture.mvtec(1);
    FlakyFileSystem.register(fixture.spark.sparkContext().hadoopConfiguration());
    fixture.set("data.root=flaky:" + fixture.data);
    fixture.run();
    assertThat(FlakyFileSystem.openings(fixture.data)).isNotEmpty().containsOnly(3);
    assertThat(quarantine()).as("a fault of the store is no bad image").isEmpty();

    fixture.image("nut/train/good/dead.png", 20, 20);
    fixture.set("output.root=" + folder.resolve("other"));
    assertThatThrownBy(fixture::run)
        .hasRootCauseMessage("connection reset by peer")
        .hasStackTraceContaining(
            "FairException: a file cannot be read: tried 4 times: connection reset by peer");
    assertThat(folder.resolve("other/images")).as("no half table").doesNotExist();
  }

  @Test
  void visaMasksOfSmallClassNumbersAreSeen() throws Exception {
    fixture.set("data.layout=visa");
    fixture.set("image.size=32");
    fixture.image("pcb/Data/Images/Normal/0.png", 32, 32);
    fixture.image("pcb/Data/Images/Anomaly/0.png", 32, 32);
    byte[] classes = new byte[32 * 32];
    classes[0] = 1;
    classes[33] = 3;
    fixture.write(
        "pcb/Data/Masks/Anomaly/0.png", PngEncoder.encode(new PixelImage(1, 32, 32, classes)));
    fixture.write(
        "split_csv/1cls.csv",
        """
        object,split,label,image,mask
        pcb,train,normal,pcb/Data/Images/Normal/0.png,
        pcb,test,anomaly,pcb/Data/Images/Anomaly/0.png,pcb/Data/Masks/Anomaly/0.png
        """
            .getBytes(StandardCharsets.UTF_8));
    fixture.run();
    Row row = fixture.rows(ImagesTable.SPEC, "label").get(1);
    byte[] mask = row.getAs("mask");
    assertThat(mask[0]).isEqualTo((byte) 255);
    assertThat(mask[33]).isEqualTo((byte) 255);
    assertThat(mask[1]).isZero();
    assertThat(row.<String>getAs("defect")).isEqualTo("bad");
  }
}
