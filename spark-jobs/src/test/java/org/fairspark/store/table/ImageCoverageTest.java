package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.image.ImageTraits;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.metrics.Uncovered;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Terminal;
import org.fairspark.store.OutputRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCoverageTest {
  @TempDir private Path folder;

  @Test
  void prepareTellsThatTestImagesAreDarker() throws Exception {
    for (int i = 0; i < 12; i++) {
      write("lid/train/good/%02d.png".formatted(i), 140 + 3 * i);
      write("lid/test/good/%02d.png".formatted(i), 100 + 3 * i);
      write("pin/train/good/%02d.png".formatted(i), 140 + 3 * i);
      write("pin/test/good/%02d.png".formatted(i), 141 + 3 * i);
    }
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    new PrepareJob()
        .run(
            new JobContext(
                "prepare",
                ConfigLoader.load(
                    List.of(),
                    List.of(
                        "data.root=" + folder.resolve("data"),
                        "data.max-training-images=11",
                        "image.size=16",
                        "corruption.recipe=none",
                        "corruption.variants=1",
                        "output.root=" + folder.resolve("out"))),
                LocalSpark.lazy(),
                Terminal.plain(lines, lines),
                false));

    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .contains("lid: 11 of 12 training images are taken, spread over the listing")
        .contains(
            "warning  lid: 12 of 12 normal test images are darker than all 11 training images")
        .contains("lid/test/good/00.png, ", "add training images like them")
        .doesNotContain("warning  pin");
    expectRemembered();
  }

  /** The stages of a run ask one after the other. */
  private void expectRemembered() {
    SparkContext spark = LocalSpark.session().sparkContext();
    OutputRoot root = OutputRoot.of(spark.hadoopConfiguration(), folder.resolve("out").toString());
    Table images = Table.open(root, ImagesTable.SPEC);
    spark.setJobGroup("coverage", "asked again", false);
    try {
      ImageCoverage.notes(LocalSpark.session(), images).clear();
      assertThat(ImageCoverage.notes(LocalSpark.session(), images)).containsOnlyKeys("lid");
    } finally {
      spark.clearJobGroup();
    }
    assertThat(spark.statusTracker().getJobIdsForGroup("coverage"))
        .as("jobs for what was told before")
        .isEmpty();
  }

  private void write(String name, int gray) throws IOException {
    byte[] pixels = new byte[3 * 20 * 20];
    for (int i = 0; i < pixels.length; i++) {
      // Brightness alone differs: contrast and sharpness are those of the stripes.
      pixels[i] = (byte) (gray + (i / 3 % 2 == 0 ? 5 : -5));
    }
    Path file = folder.resolve("data").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PngEncoder.encode(new PixelImage(3, 20, 20, pixels)));
  }

  @Test
  void gridIsCoveredByImagesOfAllItsLightsAndNotByTheFirst() throws Exception {
    Path grid = Path.of(System.getProperty("fair.data", "../shared/data"), "mvtec_ad/grid");
    assumeTrue(Files.isDirectory(grid), () -> "skipped: no data set at " + grid);
    Map<String, Double> test = brightness(grid.resolve("test/good"));
    Map<String, Double> train = brightness(grid.resolve("train/good"));
    Map<String, Double> first = new TreeMap<>(train);
    first.keySet().removeIf(name -> name.compareTo("060.png") >= 0);

    assertThat(first).hasSizeLessThan(train.size());
    assertThat(find(train, test)).isEmpty();
    assertThat(find(first, test).get(0).below()).isTrue();
    assertThat(find(first, test).get(0).outside()).hasSizeGreaterThan(15);
  }

  private static List<Uncovered> find(Map<String, Double> known, Map<String, Double> fresh) {
    double[] values = known.values().stream().mapToDouble(Double::doubleValue).toArray();
    return Uncovered.find("brightness", Uncovered.Range.of(values), fresh).stream().toList();
  }

  private static Map<String, Double> brightness(Path images) throws Exception {
    Map<String, Double> found = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(images)) {
      all.filter(file -> file.toString().endsWith(".png")).forEach(files::add);
    }
    for (Path file : files) {
      PixelImage image = ImageDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT);
      ImageTraits traits = ImageTraits.of(Resize.bilinear(image, 64, 64));
      found.put(file.getFileName().toString(), traits.brightness());
    }
    return found;
  }
}
