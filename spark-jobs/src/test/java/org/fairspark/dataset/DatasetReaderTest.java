package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.LocalSpark;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
  @TempDir Path root;

  private final DatasetReader reader = new DatasetReader(new Configuration(false));

  private ImageListing list(DataLayout layout, String... categories) {
    return reader.list(new DataConfig(root.toString(), layout, List.of(categories)));
  }

  @Test
  void readsOddNames() throws IOException {
    Path odd = root.resolve("Größe #1 100%25 a=b");
    Trees.touch(odd, "my part/train/good/ä ö?&+.png", "my part/test/50%/[x]{y}*.PNG");
    ImageListing listing = reader.list(new DataConfig(odd.toString(), DataLayout.MVTEC, List.of()));
    assertThat(listing.entries())
        .extracting(ImageEntry::imageId)
        .containsExactly("my part/train/good/ä ö?&+.png", "my part/test/50%/[x]{y}*.PNG");
    for (ImageEntry entry : listing.entries()) {
      var path = new org.apache.hadoop.fs.Path(entry.path());
      assertThat(path.getFileSystem(new Configuration(false)).exists(path))
          .as("the path of an entry opens the file: %s", entry.path())
          .isTrue();
    }
  }

  @Test
  void ordersByCategorySplitAndIdAndCountsWhatItPassesOver() throws IOException {
    Trees.touch(
        root,
        "b/train/good/2.png",
        "b/train/good/10.png",
        "a/test/cut/1.png",
        "a/train/good/1.jpeg",
        "a/ground_truth/cut/1_mask.png",
        "a/readme.txt",
        "a/train/good/.hidden.png",
        "a/train/good/Thumbs.db",
        ".cache/train/good/1.png");
    ImageListing listing = list(DataLayout.MVTEC);
    assertThat(listing.entries())
        .extracting(ImageEntry::imageId)
        .containsExactly(
            "a/train/good/1.jpeg", "a/test/cut/1.png", "b/train/good/10.png", "b/train/good/2.png");
    assertThat(listing.files().left().files(Omission.HIDDEN)).as("hidden").isEqualTo(2);
    assertThat(listing.files().left().files(Omission.NOT_AN_IMAGE)).as("no image").isEqualTo(1);
    assertThat(listing.files().left().files(Omission.SYSTEM)).as("of a system").isEqualTo(1);
    assertThat(listing.files().masks()).as("masks").isEqualTo(1);
    assertThat(listing.files().files()).as("all").isEqualTo(9);
    assertThat(listing.counts().get("a")).isEqualTo(new ImageListing.Counts(1, 0, 0, 1, 0));
    assertThat(listing.bytes()).isEqualTo(4);
  }

  @Test
  void theFingerprintFollowsTheFiles() throws IOException {
    Trees.touch(root, "a/train/good/1.png", "a/test/cut/1.png", "a/ground_truth/cut/1.png");
    String first = list(DataLayout.MVTEC).fingerprint();
    assertThat(list(DataLayout.MVTEC).fingerprint()).as("nothing changed").isEqualTo(first);
    Files.writeString(root.resolve("a/ground_truth/cut/1.png"), "longer");
    String mask = list(DataLayout.MVTEC).fingerprint();
    assertThat(mask).as("a mask changed").isNotEqualTo(first);
    Trees.touch(root, "a/train/good/2.png");
    assertThat(list(DataLayout.MVTEC).fingerprint()).as("a file came").isNotEqualTo(mask);
  }

  @Test
  void linksMayNotLeaveTheRoot() throws IOException {
    Path data = root.resolve("data");
    Trees.touch(root, "secret/1.png", "data/a/train/good/1.png");
    Files.createSymbolicLink(data.resolve("a/train/good/2.png"), root.resolve("secret/1.png"));
    Files.createSymbolicLink(data.resolve("b"), root.resolve("secret"));
    Files.createSymbolicLink(data.resolve("a/train/good/loop"), data.resolve("a"));
    Files.createSymbolicLink(data.resolve("a/train/good/3.png"), root.resolve("nowhere"));
    Files.createSymbolicLink(
        data.resolve("a/train/good/4.png"), data.resolve("a/train/good/1.png"));
    ImageListing listing =
        reader.list(new DataConfig(data.toString(), DataLayout.MVTEC, List.of()));
    assertThat(listing.entries())
        .extracting(ImageEntry::imageId)
        .as("a link within the root is a file like any other")
        .containsExactly("a/train/good/1.png", "a/train/good/4.png");
    assertThat(listing.files().lines())
        .containsExactly(
            "files    6: 2 images, 0 masks, 4 left out:",
            "     3 symbolic links that lead out of the root or in a circle: copy what they lead"
                + " to, such as a/train/good/2.png, a/train/good/loop, b",
            "     1 symbolic links that lead nowhere, such as a/train/good/3.png");
  }

  @Test
  void aMissingRootAFileAndAnEmptyFolderAreToldApart() throws IOException {
    assertThatThrownBy(() -> list(DataLayout.MVTEC))
        .isInstanceOf(FairException.class)
        .hasMessageStartingWith("no images in data.root, but 0 other files")
        .hasMessageContaining("what to do: expected CATEGORY/train/good");
    DataConfig missing =
        new DataConfig(root.resolve("nix").toString(), DataLayout.MVTEC, List.of());
    assertThatThrownBy(() -> reader.list(missing))
        .isInstanceOf(FairException.class)
        .hasMessageStartingWith("data.root does not exist")
        .hasMessageContaining("nix");
    DataConfig escaped =
        new DataConfig(root.resolve("a%20b").toString(), DataLayout.MVTEC, List.of());
    assertThatThrownBy(() -> reader.list(escaped))
        .hasMessageContaining("names are taken as they are: %20 is no space");
    Trees.touch(root, "x.png");
    DataConfig file = new DataConfig(root.resolve("x.png").toString(), DataLayout.MVTEC, List.of());
    assertThatThrownBy(() -> reader.list(file))
        .hasMessageStartingWith("data.root is a file, not a folder");
    DataConfig scheme = new DataConfig("nosuch://host/x", DataLayout.MVTEC, List.of());
    assertThatThrownBy(() -> reader.list(scheme))
        .isInstanceOf(FairException.class)
        .hasMessageStartingWith("data.root cannot be read");
  }

  @Test
  void theLayoutThatFitsIsSuggested() throws IOException {
    Trees.touch(root, "screws/good/1.png", "screws/scratch/1.png");
    assertThatThrownBy(() -> list(DataLayout.MVTEC))
        .hasMessageContaining("none of the 2 images in data.root is where data.layout = mvtec")
        .hasMessageContaining("the folders look like data.layout = folder");
  }

  @Test
  void onlyTheCategoriesAskedForAreListed() throws IOException {
    Trees.touch(root, "bottle/train/good/1.png", "grid/train/good/1.png", "grid/readme.txt");
    ImageListing listing = list(DataLayout.MVTEC, "bottle");
    assertThat(listing.counts()).containsOnlyKeys("bottle");
    assertThat(listing.files().left().groups().get(Omission.NOT_ASKED_FOR))
        .as("grid is not looked into")
        .isEqualTo(new Omissions.Group(0, 1, List.of("grid/")));
    assertThatThrownBy(() -> list(DataLayout.MVTEC, "bottle", "gird"))
        .hasMessageStartingWith("data.categories names 'gird', which is not there")
        .hasMessageContaining("did you mean grid?");
    assertThatThrownBy(() -> list(DataLayout.MVTEC, "zipper"))
        .hasMessageContaining("there are: bottle, grid");
  }

  @Test
  void aCategoryWithoutTrainingImagesIsNamed() throws IOException {
    Trees.touch(root, "a/train/good/1.png", "b/test/good/1.png", "b/train/readme.txt");
    assertThatThrownBy(() -> list(DataLayout.MVTEC).requireTraining())
        .isInstanceOf(FairException.class)
        .hasMessageStartingWith("no training images in b")
        .hasMessageContaining("put defect-free images into b/train/good");
  }

  @Test
  void manyFoldersAreListedByTheExecutorsWithTheSameResult() throws IOException {
    for (int i = 0; i < TreeLister.FOLDERS_ON_DRIVER + 10; i++) {
      Trees.touch(root, "c" + i + "/train/good/x y.png", "c" + i + "/test/cut/1.png");
    }
    var context = new JavaSparkContext(LocalSpark.session().sparkContext());
    DataConfig data = new DataConfig(root.toString(), DataLayout.MVTEC, List.of());
    ImageListing spread =
        new DatasetReader(context.hadoopConfiguration(), () -> context).list(data);
    assertThat(spread).isEqualTo(list(DataLayout.MVTEC));
    assertThat(spread.entries()).hasSize(2 * (TreeLister.FOLDERS_ON_DRIVER + 10));
  }

  @Test
  void visaIsDetectedInBothForms() throws IOException {
    Trees.touch(root, "1cls/cashew/train/good/1.JPG");
    assertThat(list(DataLayout.VISA, "cashew").counts()).containsOnlyKeys("cashew");
    Trees.touch(root, "candle/Data/Images/Normal/0.JPG");
    assertThatThrownBy(() -> list(DataLayout.VISA))
        .hasMessageStartingWith("VisA's table of training and test images is missing");
    Files.createDirectory(root.resolve("split_csv"));
    Files.writeString(
        root.resolve("split_csv/1cls.csv"),
        "object,split,label,image,mask\ncandle,train,normal,candle/Data/Images/Normal/0.JPG,\n");
    assertThat(list(DataLayout.VISA).counts()).containsOnlyKeys("candle");
  }
}
