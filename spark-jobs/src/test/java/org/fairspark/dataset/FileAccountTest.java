package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.files.ClosedFileSystem;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule that files below the root = used + named with a reason. */
class FileAccountTest {
  @TempDir Path root;

  private ImageListing list(DataLayout layout, String... categories) {
    return new DatasetReader(new Configuration(false))
        .list(new DataConfig(root.toString(), layout, List.of(categories)));
  }

  private long filesOnDisk() throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).count();
    }
  }

  private void everything() throws IOException {
    Trees.touch(
        root,
        "nut/train/good/0.png",
        "nut/test/good/0.png",
        "nut/test/cut/0.png",
        "nut/test/cut/1.png",
        "nut/ground_truth/cut/0_mask.png",
        "nut/ground_truth/cut/0_mask.bmp",
        "nut/ground_truth/cut/9_mask.png",
        "nut/ground_truth/good/0_mask.png",
        "nut/train/good/0.png.sha256",
        "nut/train/good/1.svg",
        "nut/readme.txt",
        "nut/.DS_Store",
        "nut/preview.png",
        "preview.png",
        ".cache/a/1.png",
        "nut/train/good/@eaDir/0.png/SYNOPHOTO_THUMB_M.jpg",
        "$RECYCLE.BIN/good/1.png",
        "Thumbs.db",
        "bolt/train/good/0.png");
    Files.createSymbolicLink(root.resolve("nut/dead.png"), root.resolve("nowhere"));
    Files.createSymbolicLink(root.resolve("nut/out"), root.resolve("..").toAbsolutePath());
  }

  @Test
  void everyFileIsUsedOrHasAReason() throws IOException {
    everything();
    for (DataLayout layout : List.of(DataLayout.MVTEC, DataLayout.FOLDER)) {
      FileAccount files = list(layout).files();
      assertThat(files.files()).as("%s: %s", layout, files.lines()).isEqualTo(filesOnDisk());
    }
    FileAccount files = list(DataLayout.MVTEC).files();
    assertThat(files.images()).as("images").isEqualTo(5);
    assertThat(files.masks()).as("masks").isEqualTo(1);
    assertThat(files.left().files(Omission.SECOND_MASK)).as("second").isEqualTo(1);
    assertThat(files.left().files(Omission.MASK_WITHOUT_IMAGE)).as("without image").isEqualTo(1);
    assertThat(files.left().files(Omission.MASK_OF_GOOD)).as("of a good image").isEqualTo(1);
    assertThat(files.left().files(Omission.NOT_AN_IMAGE)).as("no image").isEqualTo(2);
    assertThat(files.left().files(Omission.UNREAD_KIND)).as("SVG").isEqualTo(1);
    assertThat(files.left().files(Omission.HIDDEN)).as("hidden").isEqualTo(2);
    assertThat(files.left().files(Omission.SYSTEM)).as("of systems").isEqualTo(3);
    assertThat(files.left().files(Omission.OUTSIDE_LAYOUT)).as("strays").isEqualTo(2);
    assertThat(files.left().files(Omission.LINK_OUTSIDE)).as("links").isEqualTo(1);
    assertThat(files.left().files(Omission.DEAD_LINK)).as("dead links").isEqualTo(1);
  }

  @Test
  void masksThatBelongToNoImageAreNamedWithTheNameThatIsExpected() throws IOException {
    everything();
    assertThat(list(DataLayout.MVTEC).notes())
        .contains(
            "nut: 1 mask(s) belong to no image, such as nut/ground_truth/cut/9_mask.png; expected"
                + " ground_truth/DEFECT/IMAGE_mask.png beside test/DEFECT/IMAGE.png");
  }

  @Test
  void categoriesThatAreNotAskedForAreNamedAsFolders() throws IOException {
    everything();
    FileAccount files = list(DataLayout.MVTEC, "bolt").files();
    assertThat(files.images()).isEqualTo(1);
    assertThat(files.left().groups().get(Omission.NOT_ASKED_FOR))
        .isEqualTo(new Omissions.Group(0, 1, List.of("nut/")));
  }

  @Test
  void filesOfTheFolderOfTexturesAreUsedOrNamedToo() throws IOException {
    Trees.touch(root, "a/0.png", "1.jpg", "readme.txt", ".hidden/2.png", "a/Thumbs.db", "3.svg");
    TextureListing textures = TextureListing.of(new Configuration(false), root.toString());
    assertThat(textures.names()).containsExactly("1.jpg", "a/0.png");
    assertThat(textures.lines().get(0)).isEqualTo("textures 6: 2 images, 4 left out");
    assertThat(textures.names().size() + textures.left().files()).isEqualTo(filesOnDisk());
  }

  @Test
  void trainingImagesBeyondTheMostAreNamed() throws IOException {
    Trees.touch(root, "nut/train/good/0.png", "nut/train/good/1.png", "nut/train/good/2.png");
    DataConfig data =
        new DataConfig(
            root.toString(), DataLayout.MVTEC, Optional.empty(), List.of(), OptionalInt.of(1));
    FileAccount files = new DatasetReader(new Configuration(false)).list(data).files();
    assertThat(files.files()).isEqualTo(filesOnDisk());
    assertThat(files.images()).isEqualTo(1);
    assertThat(files.left().files(Omission.BEYOND_MAX_TRAINING)).isEqualTo(2);
  }

  @Test
  void aClosedFolderIsNamedAndTheRestIsRead() throws IOException {
    Trees.touch(root, "nut/train/good/0.png", "nut/train/closed/1.png", "closed/train/good/0.png");
    Configuration hadoop = new Configuration(false);
    ClosedFileSystem.register(hadoop);
    ImageListing listing =
        new DatasetReader(hadoop)
            .list(new DataConfig("closed:" + root, DataLayout.MVTEC, List.of()));
    assertThat(listing.files().images()).isEqualTo(1);
    assertThat(listing.files().left().groups().get(Omission.NO_ACCESS))
        .isEqualTo(new Omissions.Group(0, 2, List.of("closed/", "nut/train/closed/")));
  }

  @Test
  void tablesThatTheLayoutReadsAreUsed() throws IOException {
    Trees.touch(
        root,
        "pcb/Data/Images/Normal/0.png",
        "pcb/Data/Images/Normal/1.png",
        "pcb/Data/Masks/Anomaly/7.png",
        "pcb/image_anno.csv",
        "split_csv/1cls.csv");
    Files.writeString(
        root.resolve("split_csv/1cls.csv"),
        "object,split,label,image,mask\npcb,train,normal,pcb/Data/Images/Normal/0.png,\n");
    FileAccount files = list(DataLayout.VISA).files();
    assertThat(files.tables()).isEqualTo(1);
    assertThat(files.files()).isEqualTo(filesOnDisk());
    assertThat(files.left().files(Omission.OUTSIDE_LAYOUT)).as("not in the table").isEqualTo(1);
    assertThat(files.left().files(Omission.NOT_AN_IMAGE)).as("image_anno.csv").isEqualTo(1);
  }

  @Test
  void countsMergeInAnyOrder() {
    Omissions.Counter forth = new Omissions.Counter();
    Omissions.Counter back = new Omissions.Counter();
    for (int i = 0; i < 10; i++) {
      forth.file(Omission.HIDDEN, "." + i);
      back.file(Omission.HIDDEN, "." + (9 - i));
    }
    assertThat(forth.sum()).isEqualTo(back.sum());
    assertThat(forth.sum().plus(back.sum()).groups().get(Omission.HIDDEN))
        .isEqualTo(new Omissions.Group(20, 0, List.of(".0", ".1", ".2")));
  }
}
