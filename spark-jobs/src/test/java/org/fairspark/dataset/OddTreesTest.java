package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.failure.FairException;
import org.fairspark.files.PathNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees that are deeper or flatter than any layout says. The table that is written of one, read
 * again, never calls a file what it is not: it says what is there, or leaves it open.
 */
class OddTreesTest {
  @TempDir Path folder;

  private Path root;

  /** What the files show: {@code good}, {@code bad} (any defect) or {@code mask}. */
  private final Map<String, String> shown = new TreeMap<>();

  @BeforeEach
  void makeRoot() {
    begin("parts");
  }

  private void begin(String name) {
    root = folder.resolve(name);
    shown.clear();
  }

  private void good(String... names) throws IOException {
    add("good", names);
  }

  private void bad(String... names) throws IOException {
    add("bad", names);
  }

  private void mask(String... names) throws IOException {
    add("mask", names);
    for (String name : names) {
      draw(name, true);
    }
  }

  private void blackMask(String... names) throws IOException {
    add("mask", names);
    for (String name : names) {
      draw(name, false);
    }
  }

  private void add(String what, String... names) throws IOException {
    Trees.touch(root, names);
    for (String name : names) {
      shown.put(name, what);
    }
  }

  private void draw(String name, boolean defect) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 2, 0, defect ? 255 : 0);
    ImageIO.write(image, "png", root.resolve(name).toFile());
  }

  private DataConfig data(DataLayout layout) {
    return new DataConfig(root.toString(), layout, List.of());
  }

  private static DatasetReader reader() {
    return new DatasetReader(new Configuration(false));
  }

  private ImageListing list(DataLayout layout) {
    ImageListing listing = reader().list(data(layout));
    listing.requireTraining();
    return listing;
  }

  /** Returns the lines of the table that the command manifest writes; its account is whole. */
  private List<String> table(DataLayout layout) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      long all = files.filter(Files::isRegularFile).count();
      try {
        ImageListing listing = list(layout);
        assertThat(listing.files().files()).as("files of %s", root).isEqualTo(all);
        return ManifestWriter.lines(listing);
      } catch (FairException e) {
        DraftTable draft = reader().draft(data(layout));
        assertThat(draft.files().files()).as("files of %s", root).isEqualTo(all);
        return draft.lines();
      }
    }
  }

  private List<ImageEntry> readAgain(List<String> table) throws IOException {
    Path file = folder.resolve("table.csv");
    Files.write(file, table);
    try {
      return reader()
          .list(
              new DataConfig(
                  root.toString(), DataLayout.MANIFEST, Optional.of(file.toString()), List.of()))
          .entries();
    } catch (FairException e) {
      assertThat(e).hasMessageContaining("none of the ");
      return List.of();
    }
  }

  /**
   * Holds the tables of three layouts against the truth.
   *
   * @param told images at least of which the tables must say what they show
   */
  private void tablesTellNothingWrong(int told) throws IOException {
    for (DataLayout layout : List.of(DataLayout.MVTEC, DataLayout.FOLDER, DataLayout.AUTO)) {
      List<String> table = table(layout);
      List<ImageEntry> entries = readAgain(table);
      for (ImageEntry entry : entries) {
        assertThat(entry.label() == 0 ? "good" : "bad")
            .as("%s by %s, %s", entry.imageId(), layout, table)
            .isEqualTo(shown.get(entry.imageId()));
        assertThat(entry.masks())
            .allMatch(m -> shown.get(m.name()).equals("mask"), "a mask of " + entry.imageId());
      }
      assertThat(entries.size()).as("%s, %s", layout, table).isGreaterThanOrEqualTo(told);
    }
  }

  private void mvtec(String folder) throws IOException {
    good(folder + "/train/good/0.png", folder + "/train/good/1.png", folder + "/test/good/2.png");
    bad(folder + "/test/crack/3.png");
    mask(folder + "/ground_truth/crack/3_mask.png");
  }

  @Test
  void categoriesOneFolderDeeper() throws IOException {
    mvtec("plant/bottle");
    mvtec("plant/cap");
    assertThat(Trees.lines(list(DataLayout.FOLDER).entries()))
        .hasSize(8)
        .contains(
            "bottle train good plant/bottle/train/good/0.png -",
            "bottle test crack plant/bottle/test/crack/3.png"
                + " plant/bottle/ground_truth/crack/3_mask.png");
    assertThat(list(DataLayout.FOLDER).notes())
        .contains("categories lie in folders that group them: bottle in plant, cap in plant");
    assertThatThrownBy(() -> list(DataLayout.MVTEC))
        .hasMessageContaining("the folders look like data.layout = folder");
    assertThat(
            reader()
                .list(new DataConfig(root.toString(), DataLayout.FOLDER, List.of("cap")))
                .entries())
        .as("one of them asked for")
        .hasSize(4);
    tablesTellNothingWrong(8);
  }

  @Test
  void categoriesInGroupsOfAnyDepth() throws IOException {
    mvtec("food/candle");
    mvtec("electronics/boards/pcb");
    good("bolt/good/0.png", "bolt/good/1.png");
    bad("bolt/NG/2.png");
    ImageListing listing = list(DataLayout.FOLDER);
    assertThat(listing.counts().keySet()).containsExactly("bolt", "candle", "pcb");
    assertThat(listing.kinds()).contains("bolt: kinds of defect: NG 1");
    tablesTellNothingWrong(11);
  }

  @Test
  void categoriesThatAreCalledAlikeAreAskedAboutAndTheAdviceWorks() throws IOException {
    mvtec("line1/bottle");
    mvtec("line2/bottle");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageContaining("line1/bottle, line2/bottle are called alike")
        .hasMessageContaining("line1 as data.root")
        .hasMessageContaining("train, good of line1-bottle");
    assertThat(table(DataLayout.FOLDER))
        .contains("line1/bottle/train/good/0.png,line1-bottle,train,,good,");
    tablesTellNothingWrong(8);
    Path whole = root;
    root = root.resolve("line1");
    assertThat(list(DataLayout.FOLDER).counts().keySet()).containsExactly("bottle");
    root = whole;
    Files.move(root.resolve("line2/bottle"), root.resolve("line2/bottle2"));
    assertThat(list(DataLayout.FOLDER).counts().keySet()).containsExactly("bottle", "bottle2");
  }

  @Test
  void partsAndMasksAboveCategoriesInAGroup() throws IOException {
    good("v1/train/bottle/good/0.png", "v1/train/bottle/good/1.png", "v1/test/bottle/good/2.png");
    bad("v1/test/bottle/crack/3.png");
    mask("v1/masks/bottle/crack/3.png");
    assertThat(Trees.lines(list(DataLayout.FOLDER).entries()))
        .contains("bottle test crack v1/test/bottle/crack/3.png v1/masks/bottle/crack/3.png");
    tablesTellNothingWrong(4);
    begin("other");
    good("train/line1/cap/good/0.png", "train/line1/cap/good/1.png");
    good("train/line2/nut/good/0.png", "test/line1/cap/good/2.png");
    bad("test/line1/cap/NG/3.png");
    assertThat(list(DataLayout.FOLDER).counts().keySet()).containsExactly("cap", "nut");
    tablesTellNothingWrong(5);
  }

  @Test
  void flatFoldersWithMasksBesideTheirImages() throws IOException {
    for (String word : List.of("_mask", "_gt", "-label")) {
      begin("flat" + word);
      good("0.png", "1.png");
      bad("2.png", "3.png");
      mask("2" + word + ".png", "3" + word + ".png");
      assertThatThrownBy(() -> list(DataLayout.FOLDER))
          .hasMessageContaining("there are masks, so that some of its 4 images show defects")
          .hasMessageContaining("masks");
      assertThat(table(DataLayout.MVTEC))
          .containsExactly(
              "path,category,split,label,defect,mask",
              "0.png,%s,,,,".formatted(root.getFileName()),
              "1.png,%s,,,,".formatted(root.getFileName()),
              "2.png,%s,test,,bad,2%s.png".formatted(root.getFileName(), word),
              "3.png,%s,test,,bad,3%s.png".formatted(root.getFileName(), word));
      tablesTellNothingWrong(2);
    }
    begin("blackOnes");
    good("nut/0.png", "nut/1.png");
    bad("nut/2.png");
    blackMask("nut/0_mask.png", "nut/1_mask.png");
    mask("nut/2_mask.png");
    good("bolt/good/0.png");
    assertThat(table(DataLayout.FOLDER))
        .contains("nut/0.png,nut,,,good,", "nut/2.png,nut,test,,bad,nut/2_mask.png");
    tablesTellNothingWrong(4);
    begin("doubtful");
    good("0.png", "1.png");
    bad("2.png");
    mask("2_m.png");
    assertThat(table(DataLayout.FOLDER)).contains("0.png,doubtful,,,,", "2_m.png,doubtful,,,,");
    tablesTellNothingWrong(0);
  }

  @Test
  void masksInAFolderBesideThoseOfImages() throws IOException {
    good("images/0.png", "images/1.png");
    bad("images/2.png");
    mask("masks/2.png");
    assertThat(table(DataLayout.FOLDER))
        .contains("images/0.png,parts,,,,", "images/2.png,parts,test,,bad,masks/2.png");
    tablesTellNothingWrong(1);
    begin("below");
    good("nut/good/0.png", "nut/good/1.png");
    bad("nut/crack/2.png");
    mask("nut/crack/masks/2.png");
    assertThat(Trees.lines(list(DataLayout.FOLDER).entries()))
        .contains("nut test crack nut/crack/2.png nut/crack/masks/2.png");
    tablesTellNothingWrong(3);
    begin("beside");
    good("nut/good/0.png", "nut/good/1.png");
    mask("masks/7.png");
    assertThat(list(DataLayout.FOLDER).counts().keySet()).containsExactly("nut");
    tablesTellNothingWrong(2);
    begin("mvtec");
    good("nut/train/good/0.png", "nut/train/good/1.png");
    bad("nut/test/crack/2.png", "nut/test/cut/3.png", "nut/test/dent/4.png");
    mask("nut/test/crack/masks/2.png", "nut/test/cut_mask/3.png", "nut/test/masks/dent/4.png");
    assertThat(list(DataLayout.MVTEC).files().masks()).isEqualTo(3);
    tablesTellNothingWrong(5);
  }

  @Test
  void namesOfFilesInAFlatFolder() throws IOException {
    good("OK_0.png", "OK_1.png", "x7.png");
    bad("NG_2.png", "3_scratch.png");
    assertThat(table(DataLayout.FOLDER))
        .contains("OK_0.png,parts,,,good,", "x7.png,parts,,,,", "3_scratch.png,parts,,,scratch,");
    tablesTellNothingWrong(4);
    begin("unknown");
    Trees.touch(root, "a.png", "b.png");
    assertThat(table(DataLayout.MVTEC))
        .as("asked for one's own folders, they are good; else nobody said so")
        .contains("a.png,unknown,,,,");
    assertThat(list(DataLayout.FOLDER).counts()).hasSize(1);
  }

  @Test
  void wordsForGoodAndDefectiveAtSeveralLevels() throws IOException {
    good("plant/line1/OK/0.png", "plant/line1/OK/1.png");
    bad("plant/line1/NG/2.png", "plant/line1/NG/scratch/3.png");
    tablesTellNothingWrong(4);
    begin("above");
    good("OK/line1/0.png", "OK/line2/1.png");
    bad("NG/line1/2.png");
    tablesTellNothingWrong(3);
    begin("inside");
    good("nut/good/0.png", "nut/good/1.png");
    bad("nut/good/NG/2.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageContaining("1 image(s) would be good ones")
        .hasMessageContaining("put its good images into nut/good, the others into nut/DEFECT");
    Files.createDirectories(root.resolve("nut/DEFECT"));
    Files.move(root.resolve("nut/good/NG/2.png"), root.resolve("nut/DEFECT/2.png"));
    assertThat(list(DataLayout.FOLDER).counts().get("nut").testAnomalous()).isEqualTo(1);
    begin("contradiction");
    good("nut/good/0.png", "nut/NG/OK/1.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageContaining("1 image(s) would be of a kind of defect");
    tablesTellNothingWrong(1);
  }

  @Test
  void foldersOfUnknownWords() throws IOException {
    Trees.touch(root, "nut/a/0.png", "nut/b/1.png");
    assertThat(table(DataLayout.FOLDER))
        .as("no word says which is good")
        .contains("nut/a/0.png,nut,,,,", "nut/b/1.png,nut,,,,");
    tablesTellNothingWrong(0);
    begin("kinds");
    bad("nut/crack/0.png", "nut/crack/1.png");
    mask("nut/masks/other/2.png");
    bad("nut/other/2.png");
    assertThat(table(DataLayout.FOLDER))
        .contains(
            "nut/crack/0.png,nut,test,,crack,",
            "nut/other/2.png,nut,test,,other,nut/masks/other/2.png");
    tablesTellNothingWrong(3);
  }

  @Test
  void datesAtAnyLevelOfTheLayoutOfMvtec() throws IOException {
    for (String date : List.of("2026-11-01", "20261101", "2026/11/01")) {
      begin("between " + date.replace('/', ' '));
      mvtec("nut/" + date);
      assertThat(list(DataLayout.MVTEC).counts()).as(date).containsOnlyKeys("nut");
      assertThat(list(DataLayout.MVTEC).files().masks()).isEqualTo(1);
      assertThat(list(DataLayout.MVTEC).entries())
          .allMatch(e -> !e.annotations().condition().isEmpty());
      tablesTellNothingWrong(4);
      begin("above " + date.replace('/', ' '));
      mvtec(date + "/nut");
      mvtec(date + "/bolt");
      assertThat(list(DataLayout.MVTEC).counts()).as(date).containsOnlyKeys("bolt", "nut");
      tablesTellNothingWrong(8);
    }
    begin("one");
    mvtec("2026-11-01");
    mvtec("2026-11-02");
    for (DataLayout layout : List.of(DataLayout.MVTEC, DataLayout.FOLDER, DataLayout.AUTO)) {
      ImageListing listing = list(layout);
      assertThat(listing.counts()).as("%s", layout).containsOnlyKeys("one");
      assertThat(listing.files().masks()).as("each date's mask").isEqualTo(2);
      assertThat(listing.notes()).anyMatch(note -> note.startsWith("folders called after dates"));
    }
    tablesTellNothingWrong(8);
    begin("in the parts");
    good("nut/train/2026-11-01/good/0.png", "nut/train/2026-11-02/good/0.png");
    bad("nut/test/2026-11-01/crack/1.png");
    mask("nut/ground_truth/2026-11-01/crack/1_mask.png");
    assertThat(list(DataLayout.MVTEC).kinds()).containsExactly("nut: kinds of defect: crack 1");
    assertThat(list(DataLayout.MVTEC).files().masks()).isEqualTo(1);
    tablesTellNothingWrong(3);
    begin("below");
    good("nut/train/good/2026-11-01/0.png", "nut/train/good/2026-11-02/0.png");
    assertThat(list(DataLayout.MVTEC).entries())
        .as("dates that nothing was taken for are as they were")
        .allMatch(e -> e.annotations().equals(ImageEntry.Annotations.NONE));
  }

  @Test
  void yearsThatMayBeCategoriesAreAskedAboutAndTheAdviceWorks() throws IOException {
    good("nut/2024/good/0.png", "nut/2025/good/1.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageContaining("2024, 2025 in nut may be years, or categories")
        .hasMessageContaining("as in 2024-01-01");
    Files.move(root.resolve("nut/2024"), root.resolve("nut/2024-01-01"));
    Files.move(root.resolve("nut/2025"), root.resolve("nut/2025-01-01"));
    assertThat(list(DataLayout.FOLDER).counts()).containsOnlyKeys("nut");
  }

  @Test
  void foldersOfLabels() throws IOException {
    good("images/train/0.png", "images/train/1.png", "images/val/2.png");
    mask("labels/train/0.png", "labels/train/1.png", "labels/val/2.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .as("no mask is trained on; and they are not black")
        .hasMessageContaining("3 of them would be trained on")
        .hasMessageNotContaining("of labels");
    for (String name : List.of("labels/train/0.png", "labels/train/1.png", "labels/val/2.png")) {
      draw(name, false);
    }
    assertThat(list(DataLayout.FOLDER).counts()).containsOnlyKeys("parts");
    tablesTellNothingWrong(3);
    begin("numbers");
    good("0/0.png", "0/1.png");
    bad("1/2.png");
    assertThatThrownBy(() -> list(DataLayout.FOLDER))
        .hasMessageContaining("1 look(s) like kind(s) of defect of one category");
    tablesTellNothingWrong(0);
  }

  @Test
  void oneCategoryAloneAndPartsThatAreMissing() throws IOException {
    good("good/0.png", "good/1.png", "good/2.png");
    assertThat(list(DataLayout.FOLDER).counts()).containsOnlyKeys("parts");
    tablesTellNothingWrong(3);
    begin("only-train");
    good("train/0.png", "train/1.png");
    tablesTellNothingWrong(2);
    begin("only-test");
    good("nut/test/good/0.png", "nut/test/good/1.png");
    bad("nut/test/crack/2.png");
    tablesTellNothingWrong(3);
  }

  @Test
  void aLabelKeepsItsWord() throws IOException {
    Trees.touch(root, "0.png", "1.png", "2.png", "3.png");
    assertThat(readAgain(List.of("path,label", "0.png,OK", "1.png,NG", "2.png,1", "3.png,Kratzer")))
        .extracting(ImageEntry::defect)
        .containsExactlyInAnyOrder(PathNames.GOOD, "NG", PathNames.BAD, "Kratzer");
  }
}
