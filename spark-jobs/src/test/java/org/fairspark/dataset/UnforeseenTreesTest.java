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
  void foldersCalledAfterDatesArePassedThrough() throws IOException {
    Trees.touch(root, "2026-11-01/good/0.png", "2026-11-01/scratch/1.png");
    Trees.touch(root, "2026-11-02/good/0.png", "2026-11-02/scratch/1.png", "2026-11-02/good/2.png");
    Trees.touch(root, "masks/2026-11-02/scratch/1.png");
    ImageListing listing = list(DataLayout.FOLDER);
    String name = root.getFileName().toString();
    assertThat(listing.counts().keySet()).containsExactly(name);
    assertThat(listing.kinds()).containsExactly(name + ": kinds of defect: scratch 2");
    assertThat(listing.notes())
        .contains(
            "folders called after dates (2026-11-01, 2026-11-02) are passed through: no categories,"
                + " no kinds of defect; the date is kept as the condition of their images");
    assertThat(Trees.lines(listing.entries()))
        .as("the mask is that of its date")
        .contains(
            name + " test scratch 2026-11-01/scratch/1.png -",
            name + " test scratch 2026-11-02/scratch/1.png masks/2026-11-02/scratch/1.png");
    assertThat(listing.entries())
        .allMatch(e -> e.imageId().startsWith(e.annotations().condition() + "/"));
    assertThat(listing.files().images()).isEqualTo(5);
  }

  @Test
  void datesInAnyFormAndDepthAreNoCategories() throws IOException {
    Path folder = root;
    for (String date :
        List.of("01.11.2026", "2026_11", "2026-11-01T06-00", "2026/11/01", "20261101_0600")) {
      root = folder.resolve(date.replace('/', '-') + " parts");
      Trees.touch(root, "bolt/" + date + "/good/0.png", date + "/nut/good/0.png");
      Trees.touch(root, "bolt/good/" + date + "/1.png", "bolt/dent/" + date + "/2.png");
      ImageListing listing = list(DataLayout.FOLDER);
      assertThat(listing.counts().keySet()).as(date).containsExactly("bolt", "nut");
      assertThat(listing.kinds()).as(date).containsExactly("bolt: kinds of defect: dent 1");
    }
    root = folder.resolve("numbers");
    Trees.touch(root, "20261101/good/0.png", "20269901/good/0.png", "2026/good/0.png");
    Trees.touch(root, "2026/20261102/good/1.png");
    assertThat(list(DataLayout.FOLDER).counts().keySet())
        .as("numbers of parts, and a date in one")
        .containsExactly("2026", "20261101", "20269901");
    assertThat(list(DataLayout.FOLDER).counts().get("2026").total()).isEqualTo(2);
    root = folder.resolve("mixed");
    Trees.touch(root, "bolt/20261101/good/0.png", "bolt/2026-11-02/good/1.png");
    Trees.touch(root, "bolt/20261103/dent/2.png");
    assertThat(list(DataLayout.FOLDER).kinds())
        .as("a date without dividers beside one with them")
        .containsExactly("bolt: kinds of defect: dent 1");
    root = folder;
  }

  @Test
  void aDraftTakesDatesForConditions() throws IOException {
    Trees.touch(root, "2026-11-01/cam0/0.png", "2026-11-02/crack/0.png", "2026-11-02/x/y/0.png");
    DraftTable draft =
        new DatasetReader(new Configuration(false))
            .draft(new DataConfig(root.toString(), DataLayout.FOLDER, List.of()));
    String name = root.getFileName().toString();
    assertThat(draft.lines())
        .containsExactly(
            "path,category,split,label,defect,mask,condition",
            "2026-11-01/cam0/0.png,%s,,,,,2026-11-01".formatted(name),
            "2026-11-02/crack/0.png,%s,,,crack,,2026-11-02".formatted(name),
            "2026-11-02/x/y/0.png,x,,,,,2026-11-02");
    assertThat(draft.notes()).hasSize(1);
  }

  @Test
  void masksOfAllCategoriesInOneTree() throws IOException {
    for (String masks : List.of("ground_truth", "masks", "labels")) {
      Path data = root.resolve("with " + masks);
      Trees.touch(data, "images/nut/good/0.png", "images/nut/cut/1.png", "images/bolt/good/0.png");
      Trees.touch(data, masks + "/nut/cut/1_mask.png", masks + "/other/cut/1.png");
      if (masks.equals("labels")) {
        Files.delete(data.resolve("labels/other/cut/1.png"));
      }
      ImageListing listing =
          new DatasetReader(new Configuration(false))
              .list(new DataConfig(data.toString(), DataLayout.FOLDER, List.of()));
      listing.requireTraining();
      assertThat(listing.files().left().files(Omission.MASK_WITHOUT_IMAGE))
          .as("of a category that is not there")
          .isEqualTo(masks.equals("labels") ? 0 : 1);
      assertThat(Trees.lines(listing.entries()))
          .as(masks)
          .contains("nut test cut images/nut/cut/1.png " + masks + "/nut/cut/1_mask.png");
      assertThat(listing.counts().keySet()).containsExactly("bolt", "nut");
      Files.move(data.resolve("images/nut"), data.resolve("nut"));
      Files.move(data.resolve("images/bolt"), data.resolve("bolt"));
      Files.delete(data.resolve("images"));
      ImageListing one =
          new DatasetReader(new Configuration(false))
              .list(new DataConfig(data.toString(), DataLayout.FOLDER, List.of("nut")));
      assertThat(one.files().masks()).as("%s of a category asked for", masks).isEqualTo(1);
    }
  }

  @Test
  void splitsAboveCategories() throws IOException {
    Trees.touch(root, "train/nut/good/0.png", "test/nut/good/1.png", "test/nut/cut/2.png");
    Trees.touch(root, "train/bolt/3.png", "test/bolt/good/4.png", "ground_truth/nut/cut/2.png");
    assertThat(Trees.lines(list(DataLayout.FOLDER).entries()))
        .containsExactly(
            "bolt train good train/bolt/3.png -",
            "bolt test good test/bolt/good/4.png -",
            "nut train good train/nut/good/0.png -",
            "nut test cut test/nut/cut/2.png ground_truth/nut/cut/2.png",
            "nut test good test/nut/good/1.png -");
  }

  @Test
  void foldersWithoutImagesAreNamed() throws IOException {
    Trees.touch(root, "nut/train/good/0.png", "nut/train/good/1.png", "notes/readme.txt");
    Files.createDirectories(root.resolve("bolt/train/good"));
    for (DataLayout layout : List.of(DataLayout.MVTEC, DataLayout.FOLDER)) {
      assertThat(list(layout).notes()).contains("no images in these folders: bolt, notes");
    }
  }

  @Test
  void categoriesWithoutFoldersMayBeKindsOfOne() throws IOException {
    Trees.touch(root, "Gutteile/0.png", "Gutteile/1.png", "Kratzer/0.png", "Kratzer/1.png");
    assertThat(list(DataLayout.FOLDER).notes())
        .contains(
            "Gutteile, Kratzer hold images and no folders, so each is a category of good images; if"
                + " they are kinds of one category, call the folder of its good images good");
  }

  @Test
  void filesCalledAsDefectsAreNotAmongTheGoodOnes() throws IOException {
    Trees.touch(root, "nut/ok_0.png", "nut/ok_1.png", "nut/NG_2.png", "gasket/hole_0.png");
    Trees.touch(root, "gasket/hole_1.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageContaining(
            "nut: 1 of its 3 images are called as defects are, such as nut/NG_2.png")
        .hasMessageContaining("put its good images into nut/good, the others into nut/DEFECT");
    for (String name : List.of("ok_0.png", "ok_1.png")) {
      Files.createDirectories(root.resolve("nut/good"));
      Files.move(root.resolve("nut").resolve(name), root.resolve("nut/good").resolve(name));
    }
    Files.createDirectories(root.resolve("nut/DEFECT"));
    Files.move(root.resolve("nut/NG_2.png"), root.resolve("nut/DEFECT/NG_2.png"));
    ImageListing listing = list(DataLayout.FOLDER);
    assertThat(listing.counts().get("nut").testAnomalous()).isEqualTo(1);
    assertThat(listing.counts().get("gasket").total()).as("all are called so").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pass fail", "gut schlecht", "\u826f\u54c1 \u4e0d\u826f", "IO NIO"})
  void moreWordsForGoodAndBad(String words) throws IOException {
    String[] both = words.split(" ");
    Trees.touch(root, both[0] + "/0.png", both[0] + "/1.png", both[1] + "/2.png");
    ImageListing listing = list(DataLayout.FOLDER);
    assertThat(listing.counts()).hasSize(1);
    assertThat(listing.counts().values().iterator().next().testAnomalous()).isEqualTo(1);
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
