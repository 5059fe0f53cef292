package org.fairspark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DemoDatasetTest {
  private static final DemoDataset.Size SMALL = new DemoDataset.Size(64, 2, 1, 1);

  @TempDir Path folder;

  @Test
  void writesTheLayoutOfMvtec() throws IOException {
    DemoDataset.Written written = DemoDataset.write(folder, 3, SMALL);

    assertThat(written.categories()).containsExactly("weave", "flange");
    assertThat(written.images()).as("pictures").isEqualTo(2 * (2 + 1 + 4));
    Path weave = written.dataRoot().resolve("weave");
    assertThat(files(weave.resolve("train"))).containsExactly("good/000.png", "good/001.png");
    assertThat(files(weave.resolve("test")))
        .containsExactly(
            "foreign_thread/000.png",
            "good/000.png",
            "hole/000.png",
            "missing_yarn/000.png",
            "stain/000.png");
    assertThat(files(weave.resolve("ground_truth")))
        .containsExactly(
            "foreign_thread/000_mask.png",
            "hole/000_mask.png",
            "missing_yarn/000_mask.png",
            "stain/000_mask.png");
    assertThat(files(written.textures())).hasSize(ProceduralTextures.COUNT);
    BufferedImage picture = ImageIO.read(weave.resolve("test/hole/000.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(64);
    assertThat(picture.getRaster().getNumBands()).as("bands of a picture").isEqualTo(3);
    BufferedImage mask = ImageIO.read(weave.resolve("ground_truth/hole/000_mask.png").toFile());
    assertThat(mask.getRaster().getNumBands()).as("bands of a mask").isEqualTo(1);
    Set<Integer> values = new TreeSet<>();
    for (int value : mask.getRaster().getPixels(0, 0, 64, 64, (int[]) null)) {
      values.add(value);
    }
    assertThat(values).as("values of a mask").containsExactly(0, 255);
  }

  @Test
  void sameSeedSamePictures() throws IOException {
    DemoDataset.write(folder.resolve("a"), 3, SMALL);
    DemoDataset.write(folder.resolve("b"), 3, SMALL);
    DemoDataset.write(folder.resolve("c"), 4, SMALL);
    for (String file : files(folder.resolve("a"))) {
      byte[] bytes = Files.readAllBytes(folder.resolve("a").resolve(file));
      assertThat(folder.resolve("b").resolve(file)).as(file).hasBinaryContent(bytes);
      if (!file.contains("mask")) {
        assertThat(Files.readAllBytes(folder.resolve("c").resolve(file)))
            .as("%s of another seed", file)
            .isNotEqualTo(bytes);
      }
    }
  }

  /** The committed checksum holds on every machine and Java version. */
  @Test
  void pixelsAreFixed() {
    CRC32 checksum = new CRC32();
    for (Product product : List.of(new WovenCloth(64), new MachinedFlange(64))) {
      for (String defect : product.defects()) {
        SeededRandom random = SeededRandom.of(1, defect, 0);
        Surface surface = product.defective(random, defect);
        checksum.update(product.studio(random).photograph(surface, random).pixels());
        checksum.update(Studio.mask(surface).pixels());
      }
    }
    for (int i = 0; i < ProceduralTextures.COUNT; i++) {
      checksum.update(ProceduralTextures.render(i, 64, new SeededRandom(i)).pixels());
    }
    assertThat(Long.toHexString(checksum.getValue())).isEqualTo("2f5155ab");
  }

  static Stream<Arguments> defects() {
    return Stream.of(new WovenCloth(128), new MachinedFlange(128))
        .flatMap(p -> p.defects().stream().map(defect -> Arguments.of(p, defect)));
  }

  /** Outside the mask the part equals the flawless part, inside it does not. */
  @ParameterizedTest(name = "{1}")
  @MethodSource("defects")
  void maskIsWhereTheDefectIs(Product product, String defect) {
    for (int number = 0; number < 12; number++) {
      Surface flawless = product.flawless(SeededRandom.of(5, defect, number));
      Surface defective = product.defective(SeededRandom.of(5, defect, number), defect);
      int marked = 0;
      int changed = 0;
      for (int i = 0; i < flawless.height.length; i++) {
        boolean same =
            flawless.height[i] == defective.height[i] && sameColor(flawless, defective, i);
        if (defective.defective[i]) {
          marked++;
          changed += same ? 0 : 1;
        } else if (defect.equals("foreign_thread")) {
          // It throws a shadow on flawless cloth, which no inspector would mark.
          assertThat(defective.height[i])
              .as("height beside the thread")
              .isEqualTo(flawless.height[i]);
        } else {
          assertThat(same).as("sample %d outside the mask is unchanged", i).isTrue();
        }
      }
      assertThat(marked).as("samples marked in number %d", number).isPositive();
      assertThat((double) changed / marked)
          .as("share of marked samples that differ")
          .isGreaterThan(0.95);
      assertThat((double) marked / flawless.height.length)
          .as("share of the picture")
          .isLessThan(0.15);
    }
  }

  @Test
  void masksOfThePartAreSmallerThanTheSurfaceByTheOversampling() {
    Surface surface = new Surface(64);
    surface.defective[0] = true;
    surface.defective[3 * surface.side + 3] = true;
    PixelImage mask = Studio.mask(surface);
    assertThat(mask.at(0, 0, 0)).isEqualTo(255);
    assertThat(mask.at(1, 1, 0)).isEqualTo(255);
    assertThat(mask.at(0, 1, 0)).isZero();
  }

  @Test
  void sizesAreChecked() {
    assertThatThrownBy(() -> new DemoDataset.Size(32, 1, 1, 1)).hasMessageContaining("got 32");
    assertThatThrownBy(() -> new DemoDataset.Size(64, 0, 1, 1)).hasMessageContaining("got 0, 1, 1");
  }

  private static boolean sameColor(Surface a, Surface b, int i) {
    return a.red[i] == b.red[i]
        && a.green[i] == b.green[i]
        && a.blue[i] == b.blue[i]
        && a.gloss[i] == b.gloss[i];
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(f -> root.relativize(f).toString())
          .sorted()
          .toList();
    }
  }
}
