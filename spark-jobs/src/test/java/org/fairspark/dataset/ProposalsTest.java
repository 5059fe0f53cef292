package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.failure.FairException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a refusal proposes, done: the tree is read then. */
class ProposalsTest {
  @TempDir Path folder;

  private Path root;

  @BeforeEach
  void makeRoot() {
    root = folder.resolve("parts");
  }

  private void files(String... names) throws IOException {
    Trees.touch(root, names);
  }

  private void move(String from, String to) throws IOException {
    Files.createDirectories(root.resolve(to).getParent());
    Files.move(root.resolve(from), root.resolve(to));
  }

  private static DatasetReader reader() {
    return new DatasetReader(new Configuration(false));
  }

  private DataConfig data(DataLayout layout) {
    return new DataConfig(root.toString(), layout, List.of());
  }

  private ImageListing list(DataLayout layout) {
    ImageListing listing = reader().list(data(layout));
    listing.requireTraining();
    return listing;
  }

  /** Returns the refusal's text: what was seen, and what is proposed. */
  private String refusal(DataLayout layout) {
    try {
      list(layout);
    } catch (FairException e) {
      return (e.what() + "\n" + e.remedy()).replaceAll(" +", " ");
    }
    throw new AssertionError("not refused");
  }

  /** Fills in a draft as a person would, and reads it. */
  private ImageListing filledIn(DraftTable draft, String... cells) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : draft.lines()) {
      String filled = line;
      for (String cell : cells) {
        String[] parts = cell.split("=");
        if (filled.startsWith(parts[0] + ",")) {
          String[] columns = filled.split(",", -1);
          columns[4] = parts[1];
          filled = String.join(",", columns);
        }
      }
      lines.add(filled);
    }
    Path table = folder.resolve("table.csv");
    Files.write(table, lines);
    return reader()
        .list(
            new DataConfig(
                root.toString(), DataLayout.MANIFEST, Optional.of(table.toString()), List.of()));
  }

  @Test
  void masksBesideImagesInTheLayoutOfMvtec() throws IOException {
    files(
        "nut/train/good/0.png",
        "nut/test/dent/1.png",
        "nut/test/dent/1_m.png",
        "nut/test/dent/2.png",
        "nut/test/dent/2_m.png",
        "nut/test/dent/3.png",
        "nut/test/dent/3.bmp");
    assertThat(refusal(DataLayout.MVTEC))
        .contains("3 file(s) may be masks of the images beside them")
        .contains("nut/test/dent/ 6 files, 6 B: taken for 3 in question, 3 test, dent of nut")
        .contains("nut/train/good/ 1 files, 1 B: taken for train, good of nut")
        .contains(
            "move masks to CATEGORY/ground_truth/DEFECT/NAME_mask.png or call them NAME_mask.png;"
                + " move copies of images out of data.root");
    move("nut/test/dent/1_m.png", "nut/ground_truth/dent/1_mask.png");
    move("nut/test/dent/2_m.png", "nut/test/dent/2_mask.png");
    Files.move(root.resolve("nut/test/dent/3.bmp"), folder.resolve("3.bmp"));
    ImageListing listing = list(DataLayout.MVTEC);
    assertThat(listing.files().masks()).isEqualTo(2);
    assertThat(listing.entries()).hasSize(4);
  }

  @Test
  void masksBesideImagesInFolders() throws IOException {
    files("good/0.png", "good/4.png", "dent/1.png", "dent/1_m.png", "dent/2.png");
    files("dent/2_defect.png");
    assertThat(refusal(DataLayout.FOLDER))
        .contains("move masks to masks/DEFECT/NAME.png or call them NAME_mask.png")
        .contains("dent/ 4 files, 4 B: taken for 2 in question, 2 test, dent of parts");
    move("dent/1_m.png", "masks/dent/1.png");
    move("dent/2_defect.png", "dent/2_mask.png");
    ImageListing listing = list(DataLayout.FOLDER);
    assertThat(listing.files().masks()).isEqualTo(2);
    assertThat(listing.counts().get("parts").testAnomalous()).isEqualTo(2);
  }

  @Test
  void aFolderOfMasksOrOfAKindOfDefect() throws IOException {
    files("nut/good/0.png", "nut/good/1.png", "nut/crack/0.png", "nut/labels/0.png");
    files("bolt/good/0.png");
    assertThat(refusal(DataLayout.FOLDER))
        .contains("call it masks, with the folders of the kinds of defect in it")
        .contains("call it by another name, such as defect_labels")
        .contains("nut/labels/ 1 files, 1 B: taken for in question")
        .contains("bolt/good/ 1 files, 1 B: taken for train, good of bolt");
    move("nut/labels", "nut/defect_labels");
    assertThat(list(DataLayout.FOLDER).counts().get("nut").testAnomalous()).isEqualTo(2);
    move("nut/defect_labels/0.png", "nut/masks/crack/0.png");
    assertThat(list(DataLayout.FOLDER).files().masks()).isEqualTo(1);
  }

  @Test
  void kindsOfDefectThatMayBeCategories() throws IOException {
    files("crack/1.png", "scratch/1.png", "intact/1.png", "intact/2.png");
    assertThat(refusal(DataLayout.FOLDER))
        .contains("crack/ 1 files, 1 B: taken for train, good of crack (asked)")
        .contains("if each folder is a category of its own, put its images into CATEGORY/good");
    for (String category : List.of("crack", "scratch", "intact")) {
      move(category + "/1.png", category + "/good/1.png");
    }
    assertThat(list(DataLayout.FOLDER).counts().keySet())
        .containsExactly("crack", "intact", "scratch");
  }

  @Test
  void aCategoryBesideTheFoldersOfAnotherOne() throws IOException {
    files("train/good/0.png", "test/dent/1.png", "c1/train/good/2.png", "c1/test/good/3.png");
    for (DataLayout layout : List.of(DataLayout.MVTEC, DataLayout.MPDD, DataLayout.MVTEC_LOCO)) {
      assertThat(refusal(layout))
          .as("%s", layout)
          .contains("test, train lie(s) directly in data.root, which makes it one category")
          .contains("move test, train into a folder of their own, a category; or give ")
          .contains("/parts/c1 as data.root");
    }
    root = root.resolve("c1");
    assertThat(list(DataLayout.MVTEC).counts().keySet()).containsExactly("c1");
    root = root.getParent();
    move("train", "c0/train");
    move("test", "c0/test");
    assertThat(list(DataLayout.MVTEC).counts().keySet()).containsExactly("c0", "c1");
  }

  @Test
  void goodImagesForValidation() throws IOException {
    files("nut/train/good/0.png", "nut/validation/good/1.png", "nut/test/good/2.png");
    assertThat(list(DataLayout.MVTEC).notes())
        .containsExactly(
            "nut: 1 good image(s) for validation are left out, as this layout knows none;"
                + " data.layout = folder sets the thresholds by them");
    assertThat(list(DataLayout.FOLDER).counts().get("nut").calibration()).isEqualTo(1);
  }

  @Test
  void imagesToTrainOnInTheFolderThatIsNamed() throws IOException {
    files("test/good/0.png", "test/dent/1.png", "train/dent/1.png");
    assertThat(refusal(DataLayout.MVTEC)).contains("put defect-free images into train/good");
    move("test/good/0.png", "train/good/0.png");
    assertThat(list(DataLayout.MVTEC).counts().get("parts").train()).isEqualTo(1);
    root = folder.resolve("more");
    files("nut/test/good/0.png", "nut/train/dent/1.png");
    assertThat(refusal(DataLayout.MVTEC)).contains("put defect-free images into nut/train/good");
    move("nut/test/good/0.png", "nut/train/good/0.png");
    assertThat(list(DataLayout.MVTEC).counts().get("nut").train()).isEqualTo(1);
  }

  @Test
  void aTableForAnyTreeThatIsRefused() throws IOException {
    files("good/0.png", "good/4.png", "dent/1.png", "dent/1_m.png", "masks/dent/1.png", "x.txt");
    assertThat(refusal(DataLayout.FOLDER)).contains("./submit.sh manifest writes one to edit");
    DraftTable draft = reader().draft(data(DataLayout.FOLDER));
    assertThat(draft.lines())
        .hasSize(5)
        .contains(
            "path,category,split,label,defect,mask",
            "dent/1.png,parts,test,,dent,masks/dent/1.png",
            "dent/1_m.png,parts,,,,");
    assertThat(draft.files().files()).as("files").isEqualTo(6);
    assertThat(filledIn(draft).counts().get("parts").testAnomalous())
        .as("what may be a mask is no image until someone says so")
        .isEqualTo(1);
    assertThat(filledIn(draft, "dent/1_m.png=dent").counts().get("parts").testAnomalous())
        .isEqualTo(2);
  }

  @Test
  void aTableForFoldersThatSayNothing() throws IOException {
    files("crack/1.png", "intact/1.png", "intact/2.png", "sort/deep/3.png");
    DraftTable draft = reader().draft(data(DataLayout.MVTEC));
    assertThat(draft.lines())
        .containsExactly(
            "path,category,split,label,defect,mask",
            "crack/1.png,parts,,,crack,",
            "intact/1.png,parts,,,,",
            "intact/2.png,parts,,,,",
            "sort/deep/3.png,sort,,,,");
    assertThat(draft.open()).isEqualTo(3);
    assertThatThrownBy(() -> filledIn(draft).requireTraining())
        .as("as it is, nothing unknown is trained on")
        .hasMessageContaining("no training images in");
    ImageListing listing =
        filledIn(draft, "intact/1.png=good", "intact/2.png=good", "sort/deep/3.png=good");
    assertThat(listing.counts().get("parts").train()).isEqualTo(1);
    assertThat(listing.counts().get("parts").testAnomalous()).isEqualTo(1);
  }

  @Test
  void aTableOfACategoryThatIsNotThereIsRefused() throws IOException {
    files("nut/a/1.png", "nut/b/2.png");
    assertThatThrownBy(
            () ->
                reader().draft(new DataConfig(root.toString(), DataLayout.MVTEC, List.of("nutt"))))
        .hasMessageContaining("did you mean nut?");
  }
}
