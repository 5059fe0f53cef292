package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TrainingSubsetTest {
  @Test
  void subsetIsSpreadOverTheListing() {
    TrainingSubset subset = TrainingSubset.of(images(264, 5), OptionalInt.of(66));

    List<String> taken = ids(subset, Split.TRAIN);
    assertThat(taken).hasSize(66).startsWith("002", "006", "010").endsWith("262");
    assertThat(ids(subset, Split.TEST)).as("the test is whole").hasSize(5);
    assertThat(subset.notes())
        .containsExactly("grid: 66 of 264 training images are taken, spread over the listing");
  }

  @Test
  void fewerThanTheMostAreAllTaken() {
    List<ImageEntry> all = images(10, 2);
    for (OptionalInt most : List.of(OptionalInt.empty(), OptionalInt.of(10))) {
      TrainingSubset subset = TrainingSubset.of(all, most);
      assertThat(subset.entries()).isEqualTo(all);
      assertThat(subset.notes()).isEmpty();
    }
    assertThat(ids(TrainingSubset.of(all, OptionalInt.of(7)), Split.TRAIN)).hasSize(7);
    assertThat(ids(TrainingSubset.of(all, OptionalInt.of(1)), Split.TRAIN)).containsExactly("005");
  }

  private static List<String> ids(TrainingSubset subset, Split split) {
    return subset.entries().stream()
        .filter(e -> e.split() == split)
        .map(ImageEntry::imageId)
        .toList();
  }

  private static List<ImageEntry> images(int train, int test) {
    List<ImageEntry> images = new ArrayList<>();
    for (int i = 0; i < train; i++) {
      images.add(image(i, Split.TRAIN));
    }
    for (int i = 0; i < test; i++) {
      images.add(image(1000 + i, Split.TEST));
    }
    return images;
  }

  private static ImageEntry image(int number, Split split) {
    return new ImageEntry(
        "file:/data",
        "%03d".formatted(number),
        "grid",
        split,
        "good",
        1,
        1,
        List.of(),
        ImageEntry.Annotations.NONE);
  }
}
