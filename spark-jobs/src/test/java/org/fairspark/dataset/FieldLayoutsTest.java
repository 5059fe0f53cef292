package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.files.Omission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small trees that look like the published data sets. Each is listed, also as auto, and by way of a
 * table.
 */
class FieldLayoutsTest {
  @TempDir Path folder;

  private Path root() {
    return folder.resolve("parts");
  }

  private void files(String... names) throws IOException {
    Trees.touch(root(), names);
  }

  private void write(String name, String text) throws IOException {
    Path file = root().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void mask(String name, boolean defect) throws IOException {
    Path file = root().resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 2, 0, defect ? 255 : 0);
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  private static ImageListing list(DataConfig data) {
    return new DatasetReader(new Configuration(false)).list(data);
  }

  /**
   * Lists the tree, and checks that auto chooses the layout and that a table of it gives the same.
   */
  private ImageListing list(DataLayout layout, DataLayout recognised) throws IOException {
    ImageListing listing = list(new DataConfig(root().toString(), layout, List.of()));
    ImageListing auto = list(new DataConfig(root().toString(), DataLayout.AUTO, List.of()));
    assertThat(auto.layout()).as("recognised").isEqualTo(recognised);
    assertThat(auto.notes().get(0)).startsWith("taken as data.layout = " + recognised + ": ");
    Path table = folder.resolve("table.csv");
    Files.write(table, ManifestWriter.lines(listing));
    ImageListing again =
        list(
            new DataConfig(
                root().toString(), DataLayout.MANIFEST, Optional.of(table.toString()), List.of()));
    assertThat(again.entries()).as("by way of a table").isEqualTo(listing.entries());
    assertThat(again.fingerprint()).isEqualTo(listing.fingerprint());
    try (var walk = Files.walk(root())) {
      assertThat(listing.files().files())
          .as("files accounted for")
          .isEqualTo(walk.filter(Files::isRegularFile).count());
    }
    return listing;
  }

  @Test
  void mvtecAd() throws IOException {
    files(
        "nut, big/train/good/0.png",
        "nut, big/test/good/0.png",
        "nut, big/test/cut;x/0.png",
        "nut, big/ground_truth/cut;x/0_mask.png");
    assertThat(Trees.lines(list(DataLayout.MVTEC, DataLayout.MVTEC).entries())).hasSize(3);
  }

  @Test
  void folders() throws IOException {
    for (int i = 0; i < 9; i++) {
      files("nut/good/" + i + ".png");
    }
    files("nut/cut/1.png", "nut/masks/cut/1.png");
    assertThat(list(DataLayout.FOLDER, DataLayout.FOLDER).entries()).hasSize(10);
  }

  @Test
  void visa() throws IOException {
    files(
        "candle/Data/Images/Normal/0000.JPG",
        "candle/Data/Images/Normal/0001.JPG",
        "candle/Data/Images/Anomaly/000.JPG",
        "candle/Data/Masks/Anomaly/000.png");
    write(
        "split_csv/1cls.csv",
        """
        object,split,label,image,mask
        candle,train,normal,candle/Data/Images/Normal/0000.JPG,
        candle,test,normal,candle/Data/Images/Normal/0001.JPG,
        candle,test,anomaly,candle/Data/Images/Anomaly/000.JPG,candle/Data/Masks/Anomaly/000.png
        """);
    assertThat(list(DataLayout.VISA, DataLayout.VISA).entries()).hasSize(3);
  }

  @Test
  void mvtecLocoJoinsTheMasksOfAnImageAndKeepsTheirValues() throws IOException {
    String config =
        """
        [
          {"defect_name": "1_crayon", "pixel_value": 255,
           "saturation_threshold": 43, "relative_saturation": false},
          {"defect_name": "2_crayons", "pixel_value": 254,
           "saturation_threshold": 0.7, "relative_saturation": true}
        ]
        """;
    write("box/defects_config.json", config);
    files(
        "box/train/good/000.png",
        "box/validation/good/000.png",
        "box/test/good/000.png",
        "box/test/logical_anomalies/000.png",
        "box/test/structural_anomalies/000.png",
        "box/ground_truth/logical_anomalies/000/000.png",
        "box/ground_truth/logical_anomalies/000/001.png",
        "box/ground_truth/structural_anomalies/000/000.png",
        "box/ground_truth/structural_anomalies/007/000.png");
    ImageListing listing = list(DataLayout.MVTEC_LOCO, DataLayout.MVTEC_LOCO);
    assertThat(Trees.lines(listing.entries()))
        .containsExactly(
            "box train good box/train/good/000.png -",
            "box calibration good box/validation/good/000.png -",
            "box test good box/test/good/000.png -",
            "box test logical_anomalies box/test/logical_anomalies/000.png"
                + " box/ground_truth/logical_anomalies/000/000.png"
                + ";box/ground_truth/logical_anomalies/000/001.png",
            "box test structural_anomalies box/test/structural_anomalies/000.png"
                + " box/ground_truth/structural_anomalies/000/000.png");
    assertThat(listing.entries().get(3).annotations().others().get(BenchmarkLayout.MASK_VALUES))
        .contains("\"pixel_value\": 254")
        .contains("\"saturation_threshold\": 0.7");
    assertThat(listing.files().left().files(Omission.MASK_WITHOUT_IMAGE)).isEqualTo(1);
    assertThat(listing.files().tables()).isEqualTo(1);
  }

  @Test
  void mvtecAd2KeepsTheLightingAndLeavesOutWhatHasNoPublicLabels() throws IOException {
    files(
        "can/train/good/000_regular.png",
        "can/validation/good/000_regular.png",
        "can/test_public/good/000_overexposed.png",
        "can/test_public/bad/001_shift_1.png",
        "can/test_public/ground_truth/bad/001_shift_1_mask.png",
        "can/test_private/000_regular.png",
        "can/test_private_mixed/000_mixed.png");
    ImageListing listing = list(DataLayout.MVTEC_AD2, DataLayout.MVTEC_AD2);
    assertThat(Trees.lines(listing.entries()))
        .containsExactly(
            "can train good can/train/good/000_regular.png -",
            "can calibration good can/validation/good/000_regular.png -",
            "can test bad can/test_public/bad/001_shift_1.png"
                + " can/test_public/ground_truth/bad/001_shift_1_mask.png",
            "can test good can/test_public/good/000_overexposed.png -");
    assertThat(listing.entries())
        .extracting(e -> e.annotations().condition())
        .containsExactly("regular", "regular", "shift_1", "overexposed");
    assertThat(listing.files().left().files(Omission.NO_LABEL)).isEqualTo(2);
  }

  @Test
  void btadSaysOkAndKo() throws IOException {
    files(
        "01/train/ok/0000.bmp",
        "01/test/ok/0000.bmp",
        "01/test/ko/0001.bmp",
        "01/ground_truth/ko/0001.png",
        "02/train/ok/0000.png",
        "02/test/ko/0001.png",
        "02/ground_truth/ko/0001.png");
    assertThat(Trees.lines(list(DataLayout.BTAD, DataLayout.BTAD).entries()))
        .containsExactly(
            "01 train good 01/train/ok/0000.bmp -",
            "01 test ko 01/test/ko/0001.bmp 01/ground_truth/ko/0001.png",
            "01 test good 01/test/ok/0000.bmp -",
            "02 train good 02/train/ok/0000.png -",
            "02 test ko 02/test/ko/0001.png 02/ground_truth/ko/0001.png");
  }

  @Test
  void mpddAnd3cadAreLikeMvtecAd() throws IOException {
    files(
        "tubes/train/good/0.png",
        "tubes/test/cut/0.png",
        "tubes/test/cut/1.png",
        "tubes/ground_truth/cut/0_mask.png",
        "tubes/ground_truth/cut/1.png");
    List<String> expected =
        List.of(
            "tubes train good tubes/train/good/0.png -",
            "tubes test cut tubes/test/cut/0.png tubes/ground_truth/cut/0_mask.png",
            "tubes test cut tubes/test/cut/1.png tubes/ground_truth/cut/1.png");
    assertThat(Trees.lines(list(DataLayout.MPDD, DataLayout.MVTEC).entries())).isEqualTo(expected);
    assertThat(Trees.lines(list(DataLayout.THREE_CAD, DataLayout.MVTEC).entries()))
        .isEqualTo(expected);
  }

  @Test
  void autoviHasAFolderOfMasksForEachImage() throws IOException {
    files(
        "pipe_clip/train/good/a.png",
        "pipe_clip/test/unclipped/b.png",
        "pipe_clip/ground_truth/unclipped/b/0000.png");
    assertThat(Trees.lines(list(DataLayout.AUTOVI, DataLayout.AUTOVI).entries()))
        .containsExactly(
            "pipe_clip train good pipe_clip/train/good/a.png -",
            "pipe_clip test unclipped pipe_clip/test/unclipped/b.png"
                + " pipe_clip/ground_truth/unclipped/b/0000.png");
  }

  @Test
  void kolektorTellsDefectsByMasksAlone() throws IOException {
    for (int i = 0; i < 8; i++) {
      files("kos01/Part" + i + ".jpg");
      mask("kos01/Part" + i + "_label.bmp", i == 5);
    }
    ImageListing listing = list(DataLayout.KOLEKTOR_SDD, DataLayout.KOLEKTOR_SDD);
    assertThat(Trees.lines(listing.entries()))
        .hasSize(8)
        .contains("parts test bad kos01/Part5.jpg kos01/Part5_label.bmp");
    assertThat(listing.counts().get("parts").train()).isBetween(1, 6);
    assertThat(listing.entries().get(0).annotations().others()).containsEntry("item", "kos01");
  }

  @Test
  void kolektor2LeavesTrainingImagesWithDefectsOut() throws IOException {
    files("train/10000.png", "train/10001.png", "test/20000.png", "test/20001.png");
    mask("train/10000_GT.png", false);
    mask("train/10001_GT.png", true);
    mask("test/20000_GT.png", false);
    mask("test/20001_GT.png", true);
    ImageListing listing = list(DataLayout.KOLEKTOR_SDD2, DataLayout.KOLEKTOR_SDD2);
    assertThat(Trees.lines(listing.entries()))
        .containsExactly(
            "parts train good train/10000.png -",
            "parts test good test/20000.png -",
            "parts test bad test/20001.png test/20001_GT.png");
    assertThat(listing.files().left().files(Omission.DEFECT_IN_TRAINING)).isEqualTo(2);
  }

  @Test
  void dagmHasMasksOfDefectsAlone() throws IOException {
    files(
        "Class1/Train/0001.PNG",
        "Class1/Train/0002.PNG",
        "Class1/Train/Label/0002_label.PNG",
        "Class1/Train/Label/Labels.txt",
        "Class1/Test/0001.PNG",
        "Class1/Test/0002.PNG",
        "Class1/Test/Label/0002_label.PNG");
    ImageListing listing = list(DataLayout.DAGM, DataLayout.DAGM);
    assertThat(Trees.lines(listing.entries()))
        .containsExactly(
            "Class1 train good Class1/Train/0001.PNG -",
            "Class1 test good Class1/Test/0001.PNG -",
            "Class1 test bad Class1/Test/0002.PNG Class1/Test/Label/0002_label.PNG");
    assertThat(listing.notes()).contains("Class1: 1 training image(s) with a defect are left out");
  }

  @Test
  void realIadFollowsItsSplitAndKnowsViews() throws IOException {
    String ok = "OK/S0001/mouse_0001_OK_C1_20230922.jpg";
    String other = "OK/S0001/mouse_0001_OK_C2_20230922.jpg";
    String bad = "NG/BX/S0007/mouse_0007_BX_C3_20230922.jpg";
    String mask = "NG/BX/S0007/mouse_0007_BX_C3_20230922_mask.png";
    List<String> all = new ArrayList<>();
    for (String name : List.of(ok, other, bad, mask)) {
      all.add("realiad_1024/mouse/" + name);
    }
    files(all.toArray(String[]::new));
    write(
        "realiad_jsons/realiad_jsons/mouse.json",
        """
        {"meta": {"normal_class": "OK", "prefix": "mouse/"},
         "train": [
          {"anomaly_class": "OK", "image_path": "%s", "mask_path": null, "category": "mouse"},
          {"anomaly_class": "OK", "image_path": "%s", "mask_path": null, "category": "mouse"}],
         "test": [
          {"anomaly_class": "BX", "image_path": "%s", "mask_path": "%s", "category": "mouse"}]}
        """
            .formatted(ok, other, bad, mask));
    ImageListing listing = list(DataLayout.REAL_IAD, DataLayout.REAL_IAD);
    assertThat(Trees.lines(listing.entries()))
        .containsExactly(
            "mouse train good realiad_1024/mouse/" + ok + " -",
            "mouse train good realiad_1024/mouse/" + other + " -",
            "mouse test BX realiad_1024/mouse/" + bad + " realiad_1024/mouse/" + mask);
    assertThat(listing.entries())
        .extracting(e -> e.annotations().group() + " " + e.annotations().view())
        .containsExactly("OK/S0001 C1", "OK/S0001 C2", "NG/BX/S0007 C3");
  }

  @Test
  void magneticTileHasMasksBesideItsImages() throws IOException {
    for (int i = 0; i < 6; i++) {
      files("MT_Free/Imgs/exp1_num_" + i + ".jpg", "MT_Free/Imgs/exp1_num_" + i + ".png");
    }
    files("MT_Blowhole/Imgs/exp1_num_9.jpg", "MT_Blowhole/Imgs/exp1_num_9.png");
    ImageListing listing = list(DataLayout.MAGNETIC_TILE, DataLayout.MAGNETIC_TILE);
    assertThat(Trees.lines(listing.entries()))
        .hasSize(7)
        .contains(
            "parts test Blowhole MT_Blowhole/Imgs/exp1_num_9.jpg MT_Blowhole/Imgs/exp1_num_9.png");
    assertThat(listing.files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(6);
  }
}
