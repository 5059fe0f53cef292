package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fairspark.failure.FairException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LayoutsTest {

  @Nested
  class Mvtec {
    @Test
    void placesImagesAndMasks() {
      Placement placed =
          new MvtecLayout("", Trees.NO_FILES)
              .place(
                  Trees.of(
                      "bottle/train/good/000.png",
                      "bottle/test/good/000.png",
                      "bottle/test/broken_large/000.png",
                      "bottle/test/broken_large/001.png",
                      "bottle/ground_truth/broken_large/000_mask.png",
                      "grid/train/good/a.PNG"));
      assertThat(Trees.lines(placed.entries()))
          .containsExactlyInAnyOrder(
              "bottle train good bottle/train/good/000.png -",
              "bottle test good bottle/test/good/000.png -",
              "bottle test broken_large bottle/test/broken_large/000.png"
                  + " bottle/ground_truth/broken_large/000_mask.png",
              "bottle test broken_large bottle/test/broken_large/001.png -",
              "grid train good grid/train/good/a.PNG -");
      assertThat(placed.notes()).isEmpty();
    }

    @Test
    void leavesOutWhatHasNoPlaceAndSaysSo() {
      Placement placed =
          new MvtecLayout("", Trees.NO_FILES)
              .place(
                  Trees.of(
                      "bottle/train/good/0.png",
                      "bottle/train/broken/0.png",
                      "bottle/preview.png",
                      "bottle/extra/1.png"));
      assertThat(Trees.lines(placed.entries()))
          .containsExactly("bottle train good bottle/train/good/0.png -");
      assertThat(placed.notes())
          .containsExactly("bottle: 3 image(s) outside train/good and test/DEFECT are left out");
    }

    @Test
    void readsARootThatIsOneCategory() {
      Placement placed =
          new MvtecLayout("", Trees.NO_FILES).place(Trees.of("train/good/0.png", "test/cut/0.png"));
      assertThat(Trees.lines(placed.entries()))
          .containsExactlyInAnyOrder(
              "root train good train/good/0.png -", "root test cut test/cut/0.png -");
    }
  }

  @Nested
  class Visa {
    private static final String HEADER = "object,split,label,image,mask\n";

    @Test
    void followsTheTable() {
      FileTree tree =
          Trees.of(
              "candle/Data/Images/Normal/0000.JPG",
              "candle/Data/Images/Normal/0001.JPG",
              "candle/Data/Images/Anomaly/000.JPG",
              "candle/Data/Masks/Anomaly/000.png");
      String table =
          HEADER
              + "candle,train,normal,candle/Data/Images/Normal/0000.JPG,\n"
              + "candle,test,normal,candle/Data/Images/Normal/0001.JPG,\r\n"
              + "candle,test,anomaly,candle/Data/Images/Anomaly/000.JPG,"
              + "candle/Data/Masks/Anomaly/000.png\n"
              + "pcb1,train,normal,pcb1/Data/Images/Normal/0000.JPG,\n";
      assertThat(new VisaLayout(Trees.texts(table)).fits(tree)).isTrue();
      Placement placed = new VisaLayout(Trees.texts(table)).place(tree);
      assertThat(Trees.lines(placed.entries()))
          .as("a category that is not there is no fault: people take parts of the set")
          .containsExactly(
              "candle train good candle/Data/Images/Normal/0000.JPG -",
              "candle test good candle/Data/Images/Normal/0001.JPG -",
              "candle test bad candle/Data/Images/Anomaly/000.JPG"
                  + " candle/Data/Masks/Anomaly/000.png");
      assertThat(placed.notes()).isEmpty();
    }

    @Test
    void aTableCannotLeadOutOfTheRoot() {
      FileTree tree = Trees.of("candle/Data/Images/Normal/0000.JPG");
      String table = HEADER + "candle,train,normal,../../etc/secret.png,\n";
      Placement placed = new VisaLayout(Trees.texts(table)).place(tree);
      assertThat(placed.entries()).isEmpty();
      assertThat(placed.notes())
          .containsExactly("candle: 1 image(s) named in split_csv/1cls.csv are not there");
    }

    @Test
    void aBrokenTableIsNamedWithItsLine() {
      assertThatThrownBy(() -> VisaSplit.parse(HEADER + "a,train,normal,x.JPG\n", "1cls.csv"))
          .isInstanceOf(FairException.class)
          .hasMessageContaining("1cls.csv:2")
          .hasMessageContaining("expected 5 cells, got 4");
      assertThatThrownBy(() -> VisaSplit.parse(HEADER + "a,train,anomaly,x.JPG,\n", "1cls.csv"))
          .hasMessageContaining("an anomalous image cannot be a training image");
      assertThatThrownBy(() -> VisaSplit.parse("a;b\n", "1cls.csv"))
          .hasMessageContaining("1cls.csv:1");
    }

    @Test
    void theReorganisedLayoutHasMasksOfTheImagesName() {
      FileTree tree =
          Trees.of(
              "1cls/cashew/train/good/184.JPG",
              "1cls/cashew/test/bad/001.JPG",
              "1cls/cashew/ground_truth/bad/001.png",
              "elsewhere/x.png");
      assertThat(MvtecLayout.fits(tree, "1cls")).isTrue();
      assertThat(Trees.lines(new MvtecLayout("1cls", Trees.NO_FILES).place(tree).entries()))
          .containsExactlyInAnyOrder(
              "cashew train good 1cls/cashew/train/good/184.JPG -",
              "cashew test bad 1cls/cashew/test/bad/001.JPG"
                  + " 1cls/cashew/ground_truth/bad/001.png");
    }
  }

  @Nested
  class Folder {
    @Test
    void readsTrainAndTestWithNestedFoldersAndParallelMasks() {
      Placement placed =
          new FolderLayout(Trees.NO_FILES)
              .place(
                  Trees.of(
                      "nut/train/ok/line 1/a.png",
                      "nut/train/b.png",
                      "nut/test/good/c.png",
                      "nut/test/Kratzer/tief/ä#1.tif",
                      "nut/test/dent/d.jpg",
                      "nut/masks/Kratzer/tief/ä#1.png",
                      "nut/test/ground_truth/dent/d_mask.png"));
      assertThat(Trees.lines(placed.entries()))
          .containsExactlyInAnyOrder(
              "nut train good nut/train/ok/line 1/a.png -",
              "nut train good nut/train/b.png -",
              "nut test good nut/test/good/c.png -",
              "nut test Kratzer nut/test/Kratzer/tief/ä#1.tif nut/masks/Kratzer/tief/ä#1.png",
              "nut test dent nut/test/dent/d.jpg nut/test/ground_truth/dent/d_mask.png");
    }

    @Test
    void aRootWithGoodIsOneCategoryAndItsGoodImagesAreDivided() {
      String[] files = new String[101];
      for (int i = 0; i < 100; i++) {
        files[i] = "good/" + i + ".png";
      }
      files[100] = "scratch/7.png";
      Placement placed = new FolderLayout(Trees.NO_FILES).place(Trees.of(files));
      long train = placed.entries().stream().filter(e -> e.split() == Split.TRAIN).count();
      assertThat(train).as("about four fifths").isBetween(70L, 90L);
      assertThat(placed.entries()).hasSize(101).allMatch(e -> e.category().equals("root"));
      assertThat(placed.notes())
          .containsExactly(
              "root: no train/ and test/, so "
                  + train
                  + " of 100 good images were chosen for training by their names");
      assertThat(new FolderLayout(Trees.NO_FILES).place(Trees.of(files)).entries())
          .as("the same every time")
          .isEqualTo(placed.entries());
    }

    @Test
    void anImageKeepsItsSideWhenOthersCome() {
      List<String> ids = List.of("a/good/1.png", "a/good/2.png", "a/good/3.png", "a/good/4.png");
      List<String> more = new java.util.ArrayList<>(ids);
      for (int i = 5; i < 200; i++) {
        more.add("a/good/" + i + ".png");
      }
      assertThat(HashSplit.training(more)).allMatch(id -> HashSplit.fraction(id) < 0.8);
      assertThat(HashSplit.training(List.of("x"))).as("one image trains").containsExactly("x");
      for (int i = 0; i < 50; i++) {
        assertThat(HashSplit.training(List.of("p" + i, "q" + i))).as("pair %d", i).hasSize(1);
      }
    }

    @Test
    void masksBesideTheirImageOrInOneFlatFolder() {
      Placement placed =
          new FolderLayout(Trees.NO_FILES)
              .place(
                  Trees.of(
                      "nut/good/1.png",
                      "nut/scratch/1.png",
                      "nut/scratch/1_mask.png",
                      "nut/scratch/2.png",
                      "nut/dent/3.png",
                      "nut/dent/2.png",
                      "nut/mask/2.png",
                      "nut/mask/3.png",
                      "nut/dent/face_mask.png"));
      assertThat(Trees.lines(placed.entries()))
          .as("2 is ambiguous: two images have that name; face_mask has no partner")
          .containsExactlyInAnyOrder(
              "nut train good nut/good/1.png -",
              "nut test scratch nut/scratch/1.png nut/scratch/1_mask.png",
              "nut test scratch nut/scratch/2.png -",
              "nut test dent nut/dent/2.png -",
              "nut test dent nut/dent/3.png nut/mask/3.png",
              "nut test dent nut/dent/face_mask.png -");
    }

    @Test
    void aFolderOfImagesIsAllGoodAndStraysAreNamed() {
      Placement placed =
          new FolderLayout(Trees.NO_FILES)
              .place(
                  Trees.of(
                      "flat/1.png",
                      "flat/2.png",
                      "nut/good/1.png",
                      "nut/9.png",
                      "stray.png",
                      "nut/train/good/1.png",
                      "nut/train/scratch/1.png"));
      assertThat(placed.entries().stream().filter(e -> e.category().equals("flat")))
          .hasSize(2)
          .allMatch(e -> e.label() == 0);
      assertThat(placed.notes())
          .contains(
              "1 image(s) directly in data.root belong to no category and are left out",
              "flat: there are no folders in it, so all its images are taken as good",
              "nut: 1 image(s) outside good/ and the folders of defects are left out",
              "nut: 1 image(s) in train/ lie in a folder of defects and are taken as test images");
      assertThat(Trees.lines(placed.entries()))
          .as("train/ is there, so good/ beside it is for testing")
          .contains(
              "nut test good nut/good/1.png -",
              "nut train good nut/train/good/1.png -",
              "nut test scratch nut/train/scratch/1.png -");
    }

    @Test
    void goodValidationImagesSetThresholdsAndAreNotTrainedOn() {
      Placement placed =
          new FolderLayout(Trees.NO_FILES)
              .place(
                  Trees.of(
                      "nut/train/good/0.png",
                      "nut/validation/good/1.png",
                      "nut/val/2.png",
                      "nut/validation/crack/3.png",
                      "nut/test/good/4.png"));
      assertThat(Trees.lines(placed.entries()))
          .containsExactlyInAnyOrder(
              "nut train good nut/train/good/0.png -",
              "nut calibration good nut/validation/good/1.png -",
              "nut calibration good nut/val/2.png -",
              "nut test crack nut/validation/crack/3.png -",
              "nut test good nut/test/good/4.png -");
    }
  }
}
