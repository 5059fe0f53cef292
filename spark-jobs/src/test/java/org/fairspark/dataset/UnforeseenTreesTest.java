package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as people have them: masks are never images, and what cannot be known is asked. */
class UnforeseenTreesTest {
  @TempDir Path root;

  private ImageListing list(DataLayout layout) {
    return new DatasetReader(new Configuration(false))
        .list(new DataConfig(root.toString(), layout, List.of()));
  }

  /** Returns the numbers of images by {@code category split defect}. */
  private static Map<String, Integer> numbers(Placement placement) {
    Map<String, Integer> numbers = new TreeMap<>();
    placement
        .entries()
        .forEach(
            e ->
                numbers.merge(
                    e.category() + " " + e.split().label() + " " + e.defect(), 1, Integer::sum));
    return numbers;
  }

  private static long masked(Placement placement) {
    return placement.entries().stream().filter(e -> !e.masks().isEmpty()).count();
  }

  private void magneticTile() throws IOException {
    for (int i = 0; i < 4; i++) {
      Trees.touch(
          root,
          "MT_Blowhole/Imgs/" + i + ".jpg",
          "MT_Blowhole/Imgs/" + i + ".png",
          "MT_Crack/Imgs/" + i + ".jpg",
          "MT_Crack/Imgs/" + i + ".png",
          "MT_Free/Imgs/" + i + ".jpg",
          "MT_Free/Imgs/" + i + ".png");
    }
  }

  @Test
  void kindsOfOneCategoryBesideEachOtherAreRecognisedByTheGoodOne() throws IOException {
    magneticTile();
    ImageListing listing = list(DataLayout.FOLDER);
    String name = root.getFileName().toString();
    assertThat(listing.counts().keySet()).containsExactly(name);
    assertThat(listing.kinds())
        .containsExactly(name + ": kinds of defect: MT_Blowhole 4, MT_Crack 4");
    assertThat(listing.notes())
        .contains(
            name
                + ": MT_Free is taken for the good images of one category, MT_Blowhole, MT_Crack"
                + " for its kinds of defect");
    assertThat(listing.files().images()).as("images").isEqualTo(12);
    assertThat(listing.files().masks()).as("masks").isEqualTo(8);
    assertThat(listing.files().left().files(Omission.MASK_OF_GOOD)).isEqualTo(4);
    assertThat(listing.entries())
        .as("no mask is an image")
        .noneMatch(e -> e.imageId().endsWith(".png"));
    Files.move(root.resolve("MT_Free"), root.resolve("good"));
    assertThat(list(DataLayout.FOLDER).counts().get(name).total()).isEqualTo(12);
  }

  @Test
  void theOtherLayoutNamesTheOneThatWorks() throws IOException {
    magneticTile();
    assertThatThrownBy(() -> list(DataLayout.MVTEC))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("MT_Blowhole/Imgs/      8 files, 8 B: taken for ")
        .hasMessageContaining("the folders look like data.layout = folder")
        .hasMessageContaining("./submit.sh manifest");
    assertThat(list(DataLayout.FOLDER).entries()).isNotEmpty();
  }

  @Test
  void kindsWithoutAGoodOneAreAskedAboutAndTheAdviceWorks() throws IOException {
    Trees.touch(root, "crack/1.png", "scratch/1.png", "intact/1.png", "intact/2.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageStartingWith("crack, scratch look(s) like kind(s) of defect of one category")
        .hasMessageContaining("intact/       2 files, 2 B")
        .hasMessageContaining("call the folder of the good images good");
    Files.move(root.resolve("intact"), root.resolve("good"));
    ImageListing listing = list(DataLayout.FOLDER);
    listing.requireTraining();
    assertThat(listing.counts()).hasSize(1);
  }

  @Test
  void aSecondFileOfAnImagesNameIsAQuestionAndTheAdviceWorks() throws IOException {
    Trees.touch(root, "nut/good/1.png", "nut/dent/2.png", "nut/dent/2.bmp");
    for (DataLayout layout : List.of(DataLayout.FOLDER, DataLayout.MVTEC)) {
      assertThatThrownBy(() -> list(layout))
          .as("%s", layout)
          .isInstanceOf(FairException.class)
          .hasMessageContaining("such as nut/dent/2.png beside nut/dent/2.bmp")
          .hasMessageContaining("move masks to");
    }
    Files.createDirectories(root.resolve("nut/masks/dent"));
    Files.move(root.resolve("nut/dent/2.bmp"), root.resolve("nut/masks/dent/2.png"));
    assertThat(masked(new FolderLayout(Trees.NO_FILES).place(tree()))).isEqualTo(1);
  }

  private FileTree tree() {
    return new TreeLister(new Configuration(false), java.util.Optional.empty())
        .list("file:" + root, folder -> true);
  }

  @Test
  void imagesWithMasksInNoFoldersAreAskedAboutAndTheAdviceWorks() throws IOException {
    Trees.touch(root, "nut/images/1.png", "nut/images/2.png", "nut/masks/2.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageStartingWith("nut: there are masks, so that some of its 2 images show defects")
        .hasMessageContaining("put its good images into nut/good, the others into nut/DEFECT");
    Files.createDirectories(root.resolve("nut/good"));
    Files.move(root.resolve("nut/images/1.png"), root.resolve("nut/good/1.png"));
    Files.move(root.resolve("nut/images"), root.resolve("nut/dent"));
    ImageListing listing = list(DataLayout.FOLDER);
    listing.requireTraining();
    assertThat(listing.files().masks()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0_gt",
        "0_GT",
        "0_label",
        "0-mask",
        "0_MASK",
        "0_ground_truth",
        "mask_0",
        "0.seg"
      })
  void masksBesideTheirImagesAreKnownByTheirNames(String mask) {
    Placement folder =
        new FolderLayout(Trees.NO_FILES)
            .place(Trees.of("nut/good/0.png", "nut/dent/0.png", "nut/dent/" + mask + ".bmp"));
    assertThat(numbers(folder))
        .containsOnly(Map.entry("nut train good", 1), Map.entry("nut test dent", 1));
    assertThat(masked(folder)).isEqualTo(1);
    Placement mvtec =
        new MvtecLayout("", Trees.NO_FILES)
            .place(
                Trees.of(
                    "nut/train/good/0.png",
                    "nut/test/dent/0.png",
                    "nut/test/dent/" + mask + ".png"));
    assertThat(numbers(mvtec))
        .containsOnly(Map.entry("nut train good", 1), Map.entry("nut test dent", 1));
    assertThat(masked(mvtec)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0_msk", "0_maske", "0_labl", "0_mask2"})
  void namesThatAreNearlyThoseOfMasksAreAskedAbout(String mask) {
    assertThatThrownBy(
            () ->
                new FolderLayout(Trees.NO_FILES)
                    .place(
                        Trees.of("nut/good/0.png", "nut/dent/0.png", "nut/dent/" + mask + ".png")))
        .isInstanceOf(LayoutQuestion.class)
        .hasMessageContaining("such as nut/dent/" + mask + ".png beside nut/dent/0.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ground truth/crack",
        "Ground-Truth/crack",
        "gt/crack",
        "labels/crack",
        "crack_mask",
        "crack-GT",
        "mask_crack",
        "test/masks/crack"
      })
  void foldersOfMasksAreKnownByTheirNames(String folder) {
    Placement placed =
        new FolderLayout(Trees.NO_FILES)
            .place(Trees.of("nut/good/0.png", "nut/crack/0.png", "nut/" + folder + "/0.png"));
    assertThat(numbers(placed))
        .containsOnly(Map.entry("nut train good", 1), Map.entry("nut test crack", 1));
    assertThat(masked(placed)).isEqualTo(1);
  }

  @Test
  void aFolderThatMayHoldMasksOrBeAKindOfDefectIsAskedAbout() {
    assertThatThrownBy(
            () ->
                new FolderLayout(Trees.NO_FILES)
                    .place(Trees.of("nut/good/0.png", "nut/crack/0.png", "nut/labels/0.png")))
        .isInstanceOf(LayoutQuestion.class)
        .hasMessageContaining("nut: the folder labels may hold masks or be a kind of defect");
    assertThat(
            numbers(
                new FolderLayout(Trees.NO_FILES)
                    .place(Trees.of("nut/good/0.png", "nut/label/x.png"))))
        .as("no image has its names: a kind of defect")
        .containsEntry("nut test label", 1);
    assertThat(
            numbers(
                new FolderLayout(Trees.NO_FILES)
                    .place(Trees.of("pcb/good/0.png", "pcb/solder_mask/x.png"))))
        .as("a kind of defect, too")
        .containsEntry("pcb test solder_mask", 1);
  }

  @Test
  void validationAndTestPublicAreNoKindsOfDefect() {
    Placement placed =
        new FolderLayout(Trees.NO_FILES)
            .place(
                Trees.of(
                    "nut/train/good/0.png",
                    "nut/validation/good/0.png",
                    "nut/test_public/good/0.png",
                    "nut/test_public/ground_truth/bad/0.png",
                    "nut/test_public/bad/0.png"));
    assertThat(placed.entries())
        .extracting(ImageEntry::defect)
        .containsExactlyInAnyOrder("good", "good", "good", "bad");
    assertThat(numbers(placed)).containsEntry("nut test bad", 1).containsEntry("nut test good", 1);
    assertThat(masked(placed)).isEqualTo(1);
  }

  @Test
  void aFolderTestBesideCategoriesIsLeftOutAndTold() {
    Placement placed =
        new FolderLayout(Trees.NO_FILES)
            .place(Trees.of("test/x.png", "bolt/good/0.png", "nut/good/0.png", "nut/dent/0.png"));
    assertThat(numbers(placed))
        .containsOnly(
            Map.entry("bolt train good", 1),
            Map.entry("nut train good", 1),
            Map.entry("nut test dent", 1));
    assertThat(placed.notes())
        .contains("test/ lies beside categories and belongs to none: its images are left out");
  }

  @Test
  void visaWithoutItsTableIsReadAsFoldersAsTheAdviceSays() throws IOException {
    Trees.touch(
        root,
        "candle/Data/Images/Normal/0.JPG",
        "candle/Data/Images/Anomaly/0.JPG",
        "candle/Data/Masks/Anomaly/0.png");
    assertThatThrownBy(() -> list(DataLayout.VISA))
        .hasMessageContaining("use data.layout = folder");
    ImageListing listing = list(DataLayout.FOLDER);
    listing.requireTraining();
    assertThat(listing.counts().get("candle").testAnomalous()).isEqualTo(1);
    assertThat(listing.files().masks()).isEqualTo(1);
  }

  @Test
  void visasTableFindsFilesWhoseSuffixesChangedCase() throws IOException {
    Trees.touch(root, "candle/Data/Images/Normal/0.jpg", "split_csv/1cls.csv");
    Files.writeString(
        root.resolve("split_csv/1cls.csv"),
        "object,split,label,image,mask\ncandle,train,normal,candle/Data/Images/Normal/0.JPG,\n");
    assertThat(list(DataLayout.VISA).counts()).containsOnlyKeys("candle");
  }
}
