package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
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

  /** Returns the refusal of a table of these rows, and the listing once the mask is left out. */
  private ImageListing table(String... rows) throws IOException {
    Path table = folder.resolve("table.csv");
    Files.write(table, List.of(rows));
    return new DatasetReader(new Configuration(false))
        .list(
            new DataConfig(
                root.toString(),
                DataLayout.MANIFEST,
                Optional.of(table.toString()),
                List.of(),
                OptionalInt.empty()));
  }

  @Test
  void tablesAreHeldToTheirMasksToo() throws IOException {
    Trees.touch(root, "a.png", "b.png", "c.png", "d.png");
    mask("masks/a.png", true);
    mask("masks/b.png", false);
    mask("masks/d.png", true);
    String title = "path,split,defect,mask";
    String shared = "d.png,test,cut,masks/d.png";
    assertThatThrownBy(
            () ->
                table(title, "a.png,train,good,masks/a.png", "b.png,test,good,masks/b.png", shared))
        .hasMessageContaining("parts: 1 of 2 masks of images that are taken as good are not black")
        .hasMessageContaining("such as masks/a.png of a.png")
        .hasMessageContaining("1 of them would be trained on")
        .hasMessageContaining(
            "what to do: give their rows the defect that they show; leave the mask out where it"
                + " means something else");
    ImageListing tested =
        table(
            title,
            "a.png,test,good,masks/a.png",
            "b.png,train,good,masks/b.png",
            "c.png,train,good,masks/d.png",
            shared);
    assertThat(String.join("\n", tested.notes())).contains("they count as good in tests");
    assertThat(tested.files().left().files(Omission.MARKED_MASK_OF_GOOD)).isEqualTo(1);
    assertThat(tested.files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(1);
    assertThat(tested.files().masks()).as("one that a defect has too says nothing").isEqualTo(1);
    ImageListing mended = table(title, "a.png,train,good,", shared);
    assertThat(mended.counts().get("parts").train()).isEqualTo(1);
  }

  @Test
  void theColourOfWhatIsNormalIsHeeded() throws IOException {
    Trees.touch(root, "a.png", "b.png");
    mask("masks/a.png", false);
    String title = "path,split,defect,mask,mask_background";
    assertThat(table(title, "a.png,train,good,masks/a.png,#000000", "b.png,train,good,,").notes())
        .noneMatch(note -> note.contains("not black"));
    assertThatThrownBy(() -> table(title, "a.png,train,good,masks/a.png,#ffffff"))
        .hasMessageContaining("1 of 1 masks of images that are taken as good are not black");
  }

  @Test
  void magneticTilesAreHeldToTheirMasksToo() throws IOException {
    Trees.touch(root, "MT_Free/Imgs/0.jpg", "MT_Free/Imgs/1.jpg", "MT_Crack/Imgs/2.jpg");
    mask("MT_Free/Imgs/0.png", false);
    mask("MT_Free/Imgs/1.png", false);
    mask("MT_Crack/Imgs/2.png", true);
    assertThat(list(DataLayout.MAGNETIC_TILE).files().left().files(Omission.MASK_OF_GOOD))
        .isEqualTo(2);
    mask("MT_Free/Imgs/0.png", true);
    mask("MT_Free/Imgs/1.png", true);
    assertThatThrownBy(() -> list(DataLayout.MAGNETIC_TILE))
        .hasMessageContaining("parts: 2 of 2 masks of images that are taken as good are not black")
        .hasMessageContaining("move such images into MT_DEFECT/Imgs, with their masks beside them");
  }

  @Test
  void theTableOfVisaIsHeldToItsMasksToo() throws IOException {
    Trees.touch(root, "pcb/Data/Images/Normal/0.JPG", "split_csv/1cls.csv");
    mask("pcb/Data/Masks/Normal/0.png", true);
    String row = "pcb,train,normal,pcb/Data/Images/Normal/0.JPG,pcb/Data/Masks/Normal/0.png";
    Files.write(root.resolve("split_csv/1cls.csv"), List.of("object,split,label,image,mask", row));
    assertThatThrownBy(() -> list(DataLayout.VISA))
        .hasMessageContaining("pcb: 1 of 1 masks of images that are taken as good are not black");
    mask("pcb/Data/Masks/Normal/0.png", false);
    assertThat(list(DataLayout.VISA).files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(1);
  }

  @Test
  void aMaskOfOneValueSetsNothingApart() throws IOException {
    Trees.touch(root, "nut/train/good/0.png", "nut/test/good/1.png");
    BufferedImage white = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    white.getRaster().setSamples(0, 0, 4, 4, 0, IntStream.generate(() -> 255).limit(16).toArray());
    Path file = root.resolve("nut/ground_truth/good/1_mask.png");
    Files.createDirectories(file.getParent());
    ImageIO.write(white, "png", file.toFile());
    ImageListing listing = list(DataLayout.MVTEC);
    assertThat(listing.notes()).as("inverted masks of good images are white").isEmpty();
    assertThat(listing.files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(1);
  }

  @Test
  void masksThatCannotBeReadSayNothing() throws IOException {
    Trees.touch(root, "nut/good/0.png", "nut/good/0_mask.png", "nut/good/1.png");
    ImageListing listing = list(DataLayout.FOLDER);
    assertThat(listing.entries()).hasSize(2);
    assertThat(listing.files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(1);
  }
}
