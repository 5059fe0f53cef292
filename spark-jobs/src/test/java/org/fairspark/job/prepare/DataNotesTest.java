package org.fairspark.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.fairspark.dataset.Split;
import org.fairspark.image.PerceptualHash;
import org.fairspark.image.codec.WideSamples;
import org.junit.jupiter.api.Test;

class DataNotesTest {
  private final List<ImageFacts> images = new ArrayList<>();

  private static PerceptualHash picture(int number) {
    Random random = new Random(number);
    return new PerceptualHash(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private void image(String id, Split split, String sha256, PerceptualHash hash) {
    image(id, split, false, sha256, hash);
  }

  private void image(
      String id, Split split, boolean anomalous, String sha256, PerceptualHash hash) {
    images.add(
        new ImageFacts(
            "nut",
            id,
            split,
            anomalous,
            WideSamples.NONE,
            sha256,
            hash,
            false,
            EnumSet.noneOf(DataNote.class)));
  }

  private List<String> lines() {
    List<String> lines = DataNotes.of(Set.of("nut"), images).lines();
    Collections.shuffle(images, new Random(1));
    assertThat(DataNotes.of(Set.of("nut"), images).lines()).as("in another order").isEqualTo(lines);
    return lines;
  }

  @Test
  void testImagesThatAreTrainingImagesAreTold() {
    PerceptualHash bolt = picture(1);
    image("train/a", Split.TRAIN, "a", bolt);
    image("test/same", Split.TEST, "a", bolt);
    image(
        "test/again",
        Split.TEST,
        "b",
        new PerceptualHash(bolt.bits0() ^ 5, bolt.bits1() ^ 1, bolt.bits2(), bolt.bits3() ^ 16));
    image(
        "test/other",
        Split.TEST,
        "c",
        new PerceptualHash(bolt.bits0() ^ 31, bolt.bits1(), bolt.bits2(), bolt.bits3()));
    image("test/new", Split.TEST, "d", picture(2));

    assertThat(lines())
        .containsExactly(
            "nut: 1 test image(s) are training images too, byte for byte (test/same and train/a)",
            "nut: 1 good test image(s) show the same picture as a training image, to all"
                + " appearance, and say little about new ones (test/again and train/a)");
  }

  @Test
  void aDefectiveImageOfThePartThatIsTrainedOnIsNoLeak() {
    image("train/a", Split.TRAIN, "a", picture(1));
    image("test/scratched", Split.TEST, true, "b", picture(1));
    assertThat(lines()).as("another file").isEmpty();
    image("test/copy", Split.TEST, true, "a", picture(1));
    assertThat(lines())
        .containsExactly(
            "nut: 1 test image(s) are training images too, byte for byte (test/copy and train/a)");
  }

  @Test
  void aPictureThatIsRepeatedIsToldOnce() {
    for (int i = 0; i < 4; i++) {
      image("train/" + i, Split.TRAIN, "sha " + i, picture(1));
    }
    image("train/other", Split.TRAIN, "other", picture(2));
    image("test/repeated", Split.TEST, "b", picture(1));
    image("test/other", Split.TEST, "c", picture(2));
    assertThat(lines())
        .containsExactly(
            "nut: 1 good test image(s) show the same picture as a training image, to all"
                + " appearance, and say little about new ones (test/other and train/other)",
            "nut: 4 training image(s) are one and the same picture (train/0, train/1, train/2,"
                + " ...)");
  }

  @Test
  void evenSurfacesAreNotComparedByTheirPictures() {
    PerceptualHash even = new PerceptualHash(0, 7, 0, 0);
    image("train/a", Split.TRAIN, "a", even);
    image("test/b", Split.TEST, "b", even);

    assertThat(lines()).isEmpty();
  }

  @Test
  void onePictureThatMakesUpMuchOfTheTrainingImagesIsTold() {
    for (int i = 0; i < 27; i++) {
      image("train/" + i, Split.TRAIN, "sha " + i, picture(i));
    }
    for (int i = 0; i < 3; i++) {
      image("train/blank " + i, Split.TRAIN, "blank", new PerceptualHash(0, 0, 0, 0));
    }

    assertThat(lines())
        .containsExactly(
            "nut: 3 training image(s) are one and the same picture (train/blank 0, train/blank 1,"
                + " train/blank 2)",
            "nut: there are no test images: it is trained, and not evaluated");
    image("train/one more", Split.TRAIN, "e", picture(100));
    assertThat(lines()).as("3 of 31").hasSize(1);
  }
}
