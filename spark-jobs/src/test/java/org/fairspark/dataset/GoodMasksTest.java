package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks of images that are taken as good: what they show is not passed over. */
class GoodMasksTest {
  @TempDir Path folder;

  private Path root;

  @BeforeEach
  void makeRoot() {
    root = folder.resolve("parts");
  }

  private ImageListing list(DataLayout layout) {
    return new DatasetReader(new Configuration(false))
        .list(new DataConfig(root.toString(), layout, List.of()));
  }

  private void mask(String name, boolean defect) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 2, 0, defect ? 255 : 0);
    ImageIO.write(image, "png", file.toFile());
  }

  private void move(String from, String to) throws IOException {
    Files.createDirectories(root.resolve(to).getParent());
    Files.move(root.resolve(from), root.resolve(to));
  }

  private void kolektor() throws IOException {
    Trees.touch(root, "train/10000.png", "train/10001.png", "test/20000.png", "test/20001.png");
    mask("train/10000_GT.png", false);
    mask("train/10001_GT.png", true);
    mask("test/20000_GT.png", false);
    mask("test/20001_GT.png", true);
  }

  @Test
  void noImageIsTrainedOnWhoseMaskShowsADefect() throws IOException {
    kolektor();
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("parts: 1 of 2 masks of images that are taken as good are not black")
        .hasMessageContaining("such as train/10001_GT.png of train/10001.png")
        .hasMessageContaining("1 of them would be trained on")
        .hasMessageContaining("data.layout = kolektor-sdd2")
        .hasMessageContaining(
            "move such images into DEFECT, with their masks as NAME_mask.png beside them");
    assertThat(list(DataLayout.KOLEKTOR_SDD2).entries()).as("the first proposal").hasSize(3);
    move("train/10001.png", "DEFECT/10001.png");
    move("train/10001_GT.png", "DEFECT/10001_mask.png");
    assertThat(Trees.lines(list(DataLayout.FOLDER).entries()))
        .as("the second one")
        .containsExactly(
            "parts train good train/10000.png -",
            "parts test DEFECT DEFECT/10001.png DEFECT/10001_mask.png");
  }

  @Test
  void goodTestImagesWithSuchMasksAreTold() throws IOException {
    for (DataLayout layout : List.of(DataLayout.MVTEC, DataLayout.FOLDER, DataLayout.MPDD)) {
      Trees.touch(root, "nut/train/good/0.png", "nut/test/good/0.png", "nut/test/good/1.png");
      mask("nut/ground_truth/good/0_mask.png", true);
      mask("nut/ground_truth/good/1_mask.png", false);
      ImageListing listing = list(layout);
      assertThat(String.join("\n", listing.notes()))
          .as("%s", layout)
          .contains("nut: 1 of 2 masks of images that are taken as good are not black")
          .contains("they count as good in tests; move such images into ");
      assertThat(listing.files().left().files(Omission.MARKED_MASK_OF_GOOD)).isEqualTo(1);
      assertThat(listing.files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(1);
    }
    move("nut/test/good/0.png", "nut/test/DEFECT/0.png");
    move("nut/ground_truth/good/0_mask.png", "nut/ground_truth/DEFECT/0_mask.png");
    ImageListing moved = list(DataLayout.MVTEC);
    assertThat(moved.counts().get("nut").testAnomalous()).isEqualTo(1);
    assertThat(moved.files().masks()).isEqualTo(1);
  }

  @Test
  void masksThatCannotBeReadSayNothing() throws IOException {
    Trees.touch(root, "nut/good/0.png", "nut/good/0_mask.png", "nut/good/1.png");
    ImageListing listing = list(DataLayout.FOLDER);
    assertThat(listing.entries()).hasSize(2);
    assertThat(listing.files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(1);
  }
}
