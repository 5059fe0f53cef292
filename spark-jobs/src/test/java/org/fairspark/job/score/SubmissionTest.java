package org.fairspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.Float16Codec;
import org.fairspark.store.table.ScoresTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder for the evaluation server of MVTec AD 2, from scores of a tree that looks like it. */
class SubmissionTest {
  @TempDir Path folder;

  @Test
  void writesMapsOfPrivateImagesInTheirOwnSize() throws Exception {
    ScoreFixture fixture = new ScoreFixture(folder);
    List<Path> images = fixture.images("weave", "good");
    fixture.put("weave/train/good/000_regular.png", images.get(0));
    fixture.put("weave/test_private/000_regular.png", images.get(1));
    fixture.put("weave/test_private_mixed/000_mixed.png", images.get(2));
    fixture.run();
    assertThatThrownBy(fixture::submission).hasMessageContaining("score.maps=all");
    Files.writeString(
        folder.resolve("table.csv"),
        "path,condition,lot\nweave/test_private/000_regular.png,regular,7\n");
    fixture.set("score.maps=all");
    fixture.set("data.layout=manifest");
    fixture.set("data.manifest=" + folder.resolve("table.csv"));
    fixture.run();

    assertThat(fixture.submission().summary().get(0)).startsWith("2 images: ");
    Path submission = fixture.output.resolve("submission");
    try (var files = Files.walk(submission)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> submission.relativize(file).toString())
                  .filter(name -> !name.endsWith(".crc")))
          .containsExactlyInAnyOrder(
              "anomaly_images/weave/test_private/000_regular.tiff",
              "anomaly_images/weave/test_private_mixed/000_mixed.tiff",
              "anomaly_images_thresholded/weave/test_private/000_regular.png",
              "anomaly_images_thresholded/weave/test_private_mixed/000_mixed.png");
    }
    Row row = fixture.newest().get("weave/test_private/000_regular.png");
    assertThat(row.<String>getAs(AnnotationColumns.CONDITION)).isEqualTo("regular");
    assertThat(row.<String>getAs(AnnotationColumns.OTHERS)).isEqualTo("{\"lot\":\"7\"}");
    int size = row.<Integer>getAs(ScoresTable.WIDTH);
    BufferedImage mask =
        ImageIO.read(
            submission
                .resolve("anomaly_images_thresholded/weave/test_private/000_regular.png")
                .toFile());
    assertThat(mask.getWidth()).isEqualTo(size);
    byte[] tiff =
        Files.readAllBytes(
            submission.resolve("anomaly_images/weave/test_private/000_regular.tiff"));
    float[] map = Float16Codec.toFloats(java.util.Arrays.copyOfRange(tiff, 8, 8 + 2 * size * size));
    float threshold = row.getAs(ScoresTable.PIXEL_THRESHOLD);
    for (int i = 0; i < map.length; i++) {
      int white = mask.getRaster().getSample(i % size, i / size, 0);
      assertThat(white).isEqualTo(white == 0 ? 0 : 255);
      // Half precision may round a value across the threshold.
      if (Math.abs(map[i] - threshold) > 0.001 * threshold) {
        assertThat(white == 255).as("pixel %d", i).isEqualTo(map[i] > threshold);
      }
    }
  }
}
