package org.fairspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.calibration.Calibration;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.Detection;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageTraits;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.TaskDetector;
import org.fairspark.network.InferenceEngine;
import org.fairspark.store.model.ModelCalibration;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.table.ScoresTable;
import org.junit.jupiter.api.Test;

/** A method that only the tests have is scored with: its model says by its settings which it is. */
class OneMoreMethodScoreTest {
  private static ModelMetadata model() {
    Calibration calibration =
        Calibration.of(
            new float[] {0.1f, 0.2f, 0.3f, 0.4f}, new float[] {1, 2, 3, 4}, 0.01, 0.25, 0.95);
    return new ModelMetadata(
        "weave",
        "an id",
        new ObjectMapper()
            .valueToTree(Map.of("configuration", Map.of("method", Map.of("kind", "mean-color")))),
        ModelCalibration.of(calibration, InferenceEngine.DL4J));
  }

  @Test
  void aRowHoldsItsScoreAndDecision() {
    FairConfig config = ConfigLoader.load(List.of(), List.of());
    ScoringModel model = ScoringModel.of(model(), config.score(), 2);
    float[] values = new float[3 * 16 * 16];
    values[3 * 16 + 5] = 1;
    Detection detection;
    try (TaskDetector detector = new TaskDetector(1)) {
      DetectorSource source = DetectorSource.ofNetworks(model.method(), model.settings(), Map.of());
      detection =
          detector
              .with(source, own -> own.detect(List.of(new FloatImage(3, 16, 16, values))))
              .get(0);
    }
    ScoreItem item =
        ScoreItem.found(
            ImageItem.of(ArchiveKind.FILE, "file:/data", "a.png", 9, 0), "weave", "fingerprint");
    Row row =
        new ScoreRows("run", 1)
            .scored(
                item,
                model,
                new ScoreRows.ScoredMap(
                    detection.map(), detection.score(), new ImageTraits(0.5, 0.1, 0.01)),
                32,
                32,
                "sha");
    assertThat(cell(row, ScoresTable.SCORE)).isEqualTo(1 - 1f / 256);
    assertThat(cell(row, ScoresTable.THRESHOLD)).isEqualTo(model.threshold());
    assertThat(cell(row, ScoresTable.DECISION)).isEqualTo(ScoresTable.SUSPICIOUS);
    assertThat(cell(row, ScoresTable.PEAK_X)).as("in the pixels of 32 x 32").isEqualTo(11);
    assertThat(cell(row, ScoresTable.PEAK_Y)).isEqualTo(7);
  }

  private static Object cell(Row row, String column) {
    return row.get(ScoresTable.schema().fieldIndex(column));
  }

  @Test
  void tilesThatItHasNotAreRefused() {
    FairConfig config = ConfigLoader.load(List.of(), List.of("score.large-images=tile"));
    assertThatThrownBy(() -> ScoringModel.of(model(), config.score(), 2))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("mean-color");
  }
}
