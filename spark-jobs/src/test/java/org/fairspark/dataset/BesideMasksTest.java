package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files beside an image whose names speak of it: masks or questions, never images. */
class BesideMasksTest {

  private static BesideMasks find(String... files) {
    return BesideMasks.find(Trees.of(files).files());
  }

  /** Returns a tree of files given as {@code name=bytes}. */
  private static FileTree sized(String... files) {
    List<FileItem> items =
        Arrays.stream(files)
            .map(file -> file.split("="))
            .map(file -> new FileItem(file[0], Long.parseLong(file[1]), 0))
            .toList();
    return new FileTree("file:/data/root", items, new TreeSet<>(), Omissions.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3x_ann",
        "3x_mask_0",
        "3x_mask_12",
        "3x-label-1",
        "3x_ground_truth",
        "3x (mask)",
        "3x[gt]",
        "ann_3x",
        "3x_annotation"
      })
  void aNameWithAWordForMasksIsAMask(String mask) {
    BesideMasks found = find("cut/3x.png", "cut/" + mask + ".png");
    assertThat(found.questions()).isEmpty();
    assertThat(found.images()).hasSize(1);
    found
        .images()
        .forEach((of, image) -> assertThat(image.name()).as(of.name()).isEqualTo("cut/3x.png"));
  }

  @Test
  void lettersInUpperAndLowerCaseAreOneWhereNoOtherImageIsMeant() {
    BesideMasks found =
        find("cut/a.PNG", "cut/A_Mask.Png", "cut/b.png", "cut/B.png", "cut/B_gt.png");
    assertThat(found.questions()).isEmpty();
    assertThat(found.images()).hasSize(2);
    found
        .images()
        .forEach(
            (mask, image) ->
                assertThat(image.name())
                    .isEqualTo(mask.name().equals("cut/B_gt.png") ? "cut/B.png" : "cut/a.PNG"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3x_m",
        "3x_defect",
        "3x_crack_2",
        "3xmask",
        "3xGT",
        "3x_mask2",
        "3x_binary",
        "3x-overlay",
        "3x_roi_1",
        "defect_3x",
        "m_3x",
        "3x_msk",
        "3x_labl"
      })
  void aNameWithAWordThatMayMeanAMaskIsAQuestion(String mask) {
    BesideMasks found = find("cut/3x.png", "cut/" + mask + ".png");
    assertThat(found.images()).isEmpty();
    assertThat(found.questions())
        .extracting(pair -> pair.image().name())
        .containsExactly("cut/3x.png");
  }

  @ParameterizedTest
  @CsvSource({
    "3.png, 3_1.png",
    "IMG_1.png, IMG_1_2.png",
    "3.png, 3_left.png",
    "3.png, 3 - Copy.png",
    "good_3.png, 3_good.png",
    "2024-05-01.png, 2024-05-01_2.png",
    "x.png, maskedball.png"
  })
  void otherNamesAreThoseOfImages(String image, String other) {
    BesideMasks found = find("cut/" + image, "cut/" + other);
    assertThat(found.others()).isEmpty();
  }

  @Test
  void muchSmallerFilesOfTheSameWordAreAQuestionWhateverTheWord() {
    BesideMasks small =
        BesideMasks.find(
            sized("cut/1.png=9000", "cut/1_xy.png=100", "cut/2.png=9000", "cut/2_xy.png=4000")
                .files());
    assertThat(small.questions()).hasSize(2);
    BesideMasks alike = BesideMasks.find(sized("cut/1.png=9000", "cut/1_left.png=8000").files());
    assertThat(alike.questions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.jpg, 1.heic",
    "1.png, 1.jp2",
    "1.png, 1.pfm",
    "1.tif, 1.pam",
    "1.bmp, 1.avif",
    "1.png, 1.gif"
  })
  void aTwinOfAKindThatIsNotReadIsLeftOutAndTheImageIsUsed(String image, String other) {
    Placement placed =
        new FolderLayout(Trees.NO_FILES).place(Trees.of("nut/good/" + image, "nut/good/" + other));
    assertThat(placed.entries())
        .extracting(ImageEntry::imageId)
        .containsExactly("nut/good/" + image);
    assertThat(placed.left()).containsEntry("nut/good/" + other, Omission.UNREAD_TWIN);
    Placement mvtec =
        new MvtecLayout("", Trees.NO_FILES)
            .place(Trees.of("nut/train/good/" + image, "nut/train/good/" + other));
    assertThat(mvtec.entries()).hasSize(1);
    assertThat(mvtec.left()).containsValue(Omission.UNREAD_TWIN);
  }

  @Test
  void theSmallFileBesideAPhotographThatIsNotReadMayBeItsMask() {
    FileTree tree = sized("nut/cut/1.jp2=90000", "nut/cut/1.png=500", "nut/good/1.png=9");
    assertThatThrownBy(() -> new FolderLayout(Trees.NO_FILES).place(tree))
        .isInstanceOf(LayoutQuestion.class)
        .hasMessageContaining("such as nut/cut/1.png beside nut/cut/1.jp2");
    FileTree depth = sized("nut/cut/1.pfm=90000", "nut/cut/1.png=500", "nut/good/1.png=9");
    assertThat(new FolderLayout(Trees.NO_FILES).place(depth).entries())
        .as("an array of depths is no photograph")
        .hasSize(2);
  }

  @Test
  void severalMasksOfAnImageAreJoinedWhereverTheyLie() {
    List<String> expected =
        List.of("nut/cut/0.png", "nut/cut/1.png", "nut/cut/2.png", "nut/good/9.png");
    Placement folder =
        new FolderLayout(Trees.NO_FILES)
            .place(
                Trees.of(
                    "nut/good/9.png",
                    "nut/cut/0.png",
                    "nut/cut/0_mask_0.png",
                    "nut/cut/0_mask_1.png",
                    "nut/cut/1.png",
                    "nut/masks/cut/1_gt.png",
                    "nut/masks/cut/1_label_2.png",
                    "nut/cut/2.png",
                    "nut/masks/cut/2/a.png",
                    "nut/masks/cut/2/b.png"));
    assertThat(folder.entries())
        .extracting(ImageEntry::imageId)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(folder.entries())
        .filteredOn(entry -> entry.label() == 1)
        .allMatch(entry -> entry.masks().size() == 2);
    Placement mvtec =
        new MvtecLayout("", Trees.NO_FILES)
            .place(
                Trees.of(
                    "nut/train/good/9.png",
                    "nut/test/cut/000.png",
                    "nut/ground_truth/cut/000_gt.png",
                    "nut/test/cut/001.png",
                    "nut/ground_truth/cut/001_mask.png",
                    "nut/ground_truth/cut/001_mask_1.png",
                    "nut/test/cut/002.png",
                    "nut/ground_truth/cut/002/0.png",
                    "nut/ground_truth/cut/002/1.png"));
    assertThat(Trees.lines(mvtec.entries()))
        .containsExactlyInAnyOrder(
            "nut train good nut/train/good/9.png -",
            "nut test cut nut/test/cut/000.png nut/ground_truth/cut/000_gt.png",
            "nut test cut nut/test/cut/001.png"
                + " nut/ground_truth/cut/001_mask.png;nut/ground_truth/cut/001_mask_1.png",
            "nut test cut nut/test/cut/002.png"
                + " nut/ground_truth/cut/002/0.png;nut/ground_truth/cut/002/1.png");
    assertThat(mvtec.left()).isEmpty();
  }
}
