package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.config.PixelScoreSetting;
import org.fairspark.config.ScoreSetting;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.restoration.RestorationDetector;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.inference.EnginePool;
import org.fairspark.inspection.Inspection;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.report.ReportJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.scoring.AnomalyMaps;
import org.fairspark.scoring.NormalMaps;
import org.fairspark.scoring.PixelChoice;
import org.fairspark.scoring.PixelStatistic;
import org.fairspark.scoring.ScoreChoice;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.scoring.ScoreTrial;
import org.fairspark.scoring.Scorer;
import org.fairspark.scoring.TrialImages;
import org.fairspark.scoring.TrialMaps;
import org.fairspark.scoring.TrialPixels;
import org.fairspark.scoring.TrialScores;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.model.TrainedModel;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The image score from its choice in training to evaluation, archives and report. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChosenScoreTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private static Path folder;
  private static FairConfig config;
  private static Path dataRoot;

  @BeforeAll
  static void trainOnce() throws Exception {
    DemoDataset.Written data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 12, 2, 1));
    dataRoot = data.dataRoot();
    config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + dataRoot,
                "data.categories=[weave]",
                "output.root=" + folder.resolve("out"),
                "image.size=32",
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=2",
                "calibration.share=0.5",
                "calibration.false-positive-rate=0.2",
                "evaluation.smoothing=5",
                "evaluation.score=auto",
                "evaluation.pixel-score=auto"));
    JobCall.run(new PrepareJob(), config);
    JobCall.run(new TrainJob(), config);
  }

  private static OutputRoot root(Path path) {
    return OutputRoot.of(SPARK.sparkContext().hadoopConfiguration(), path.toString());
  }

  private static ModelStore store() {
    return new ModelStore(root(folder.resolve("out")), "weave");
  }

  private static Path file(String name) {
    return folder.resolve("out/models/weave").resolve(name);
  }

  @Test
  @Order(1)
  void choiceIsThatOfOneLoopOverTheHeldOutImages() {
    List<String> held = new ArrayList<>();
    store()
        .metadata()
        .manifest()
        .path("training")
        .path("held_out")
        .forEach(i -> held.add(i.asText()));
    ScoreTrial trial = ScoreTrial.of(config.seed(), "weave", held);
    List<TrialMaps> maps = new ArrayList<>();
    for (Row row :
        Table.open(root(folder.resolve("out")), ImagesTable.SPEC).dataset(SPARK).collectAsList()) {
      String id = row.getAs(ImagesTable.IMAGE_ID);
      if (held.contains(id)) {
        maps.add(maps(id, ImagesTable.pixels(row)));
      }
    }
    Collections.reverse(maps);
    ScoreTrial.Sums sums = trial.sums(32, 32);
    maps.forEach(sums::add);
    List<NormalMaps> normals = sums.normals();
    List<TrialScores> scores = maps.stream().map(m -> trial.scores(m, normals)).toList();

    assertThat(held).hasSize(6);
    ModelScore stored = store().metadata().calibration().score();
    assertThat(stored.asked()).isEqualTo(new ModelScore.Asked("auto", "auto"));
    assertThat(stored.choice()).isEqualTo(ScoreChoice.of(scores, config.seed()));
    List<TrialPixels> pixels = maps.stream().map(m -> trial.pixels(m, normals)).toList();
    assertThat(stored.pixels()).isEqualTo(PixelChoice.of(pixels, config.seed()));
  }

  private static TrialMaps maps(String id, PixelImage normal) {
    List<FloatImage> images = new ArrayList<>();
    TrialImages made = TrialImages.of(normal, config.seed(), id, null);
    made.all().forEach(i -> images.add(i.toFloat()));
    images.add(normal.toFloat());
    return TrialMaps.of(id, made, detect(images).stream().map(ChosenScoreTest::maps).toList());
  }

  private static AnomalyMaps maps(Detection found) {
    return new AnomalyMaps(
        found.map().values(),
        found.beside(Inspection.WHOLE, config.evaluation().anomalyFunction()));
  }

  private static List<Detection> detect(List<FloatImage> images) {
    TrainedModel model = store().open();
    return EnginePool.restore(
        model.calibration().engine().orElseThrow(),
        model.id(),
        model.state(),
        1,
        restorer ->
            new RestorationDetector(
                    config.extractor(),
                    restorer,
                    config.evaluation().anomalyFunction(),
                    config.evaluation().batchSize())
                .detect(images));
  }

  @Test
  @Order(2)
  void anotherScoreOnlyCalibratesAgain() throws Exception {
    byte[] weights = Files.readAllBytes(file("weights.safetensors"));
    assertThatThrownBy(
            () -> JobCall.run(new EvaluateJob(), config.with("evaluation.score", "mixture")))
        .isInstanceOf(FairException.class)
        .hasMessageContaining(
            "was calibrated with evaluation.score=auto and evaluation.pixel-score=auto, not"
                + " evaluation.score=mixture and evaluation.pixel-score=auto");
    config =
        config.with(
            Map.of("evaluation.score", "mixture", "evaluation.pixel-score", "position-ratio"));
    JobCall.run(new TrainJob(), config);

    assertThat(file("weights.safetensors")).hasBinaryContent(weights);
    Scorer scorer = store().scorer();
    assertThat(scorer.statistic()).isEqualTo(ScoreStatistic.MIXTURE);
    // Of the map, of the coarser one and of the difference.
    assertThat(scorer.normals().profiles()).hasSize(3);
    assertThat(scorer.normals().map().height()).isEqualTo(32);
    assertThat(scorer.normals().mixture().logMean()).hasSize(3);
    assertThat(store().metadata().calibration().describe())
        .contains(
            "threshold ",
            "; score mixture (evaluation.score)",
            "; pixels position-ratio (evaluation.pixel-score)");
  }

  @Test
  @Order(3)
  void evaluationScoringAndReportShareTheScore() throws Exception {
    JobCall.run(new EvaluateJob(), config);
    Scorer scorer = store().scorer();
    Map<String, Float> evaluated = new HashMap<>();
    for (Row row :
        Table.open(root(folder.resolve("out")), MapsTable.SPEC).dataset(SPARK).collectAsList()) {
      float[] map = Float32Codec.toFloats(row.getAs(MapsTable.MAP));
      float score = row.getAs(MapsTable.SCORE);
      Detection detected = detected(row.getAs(MapsTable.IMAGE_ID));
      FloatImage found = detected.map();
      assertThat(score).isEqualTo(scorer.score(found, maps(detected).beside()));
      assertThat(map).isEqualTo(scorer.pixelScores(found).values());
      assertThat(row.<Float>getAs(MapsTable.LEVEL)).isEqualTo(ScoreStatistic.level(found.values()));
      evaluated.put(row.getAs(MapsTable.IMAGE_ID), score);
    }
    JobCall.run(new ScoreJob(), scoring("resize"));
    int compared = 0;
    for (Row row : new ScoresStore(root(folder.resolve("night"))).rows(SPARK).collectAsList()) {
      String name = row.getAs(ScoresTable.NAME_BELOW_ROOT);
      if (evaluated.containsKey(name)) {
        assertThat(row.<Float>getAs(ScoresTable.SCORE)).isEqualTo(evaluated.get(name));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(evaluated.size()).isPositive();
    JobCall.run(new ReportJob(), config);
    assertThat(Files.readString(folder.resolve("out/report/index.html")))
        .contains("Image scores: score mixture", "pixels position-ratio");
  }

  /** Detects in a prepared image. */
  private static Detection detected(String id) {
    return Table.open(root(folder.resolve("out")), ImagesTable.SPEC)
        .dataset(SPARK)
        .collectAsList()
        .stream()
        .filter(row -> row.<String>getAs(ImagesTable.IMAGE_ID).equals(id))
        .map(row -> detect(List.of(ImagesTable.pixels(row).toFloat())).get(0))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(4)
  void thresholdOfPixelsIsSetByImagesThatTheirScoresDoNotKnow() {
    // Ratios to what is normal are around 1, whatever the map's own values are.
    assertThat(store().metadata().calibration().found().orElseThrow().pixel().value())
        .isBetween(1f, 20f);
  }

  @Test
  @Order(5)
  void tilesHaveNoPositions() {
    assertThatThrownBy(() -> JobCall.run(new ScoreJob(), scoring("tile")))
        .hasMessageContaining(
            "scores images or pixels by position (mixture, position-ratio), and tiles have");
  }

  @Test
  @Order(6)
  void scoreByPositionOfTooFewIsRefusedBeforeTraining() {
    FairConfig few =
        config.with(
            Map.of("calibration.share", "0.4", "output.root", folder.resolve("few").toString()));
    assertThatThrownBy(
            () -> {
              JobCall.run(new PrepareJob(), few);
              JobCall.run(new TrainJob(), few);
            })
        .hasMessageContaining("evaluation.score=mixture takes 6 held-out images")
        .hasMessageContaining("weave has 5");
    assertThat(folder.resolve("few/models/weave/weights.safetensors")).doesNotExist();
  }

  @Test
  @Order(7)
  void settingsNameAllStatistics() {
    assertThat(ScoreSetting.values()).hasSize(ScoreStatistic.values().length + 1);
    for (ScoreStatistic statistic : ScoreStatistic.values()) {
      assertThat(ScoreSetting.valueOf(statistic.name()).statistic()).contains(statistic);
    }
    assertThat(ScoreSetting.AUTO.statistic()).isEmpty();
    assertThat(ScoreSetting.AUTO.needsCalibration()).isTrue();
    assertThat(ScoreSetting.MAX_OVER_LEVEL.needsCalibration()).isFalse();
    assertThat(PixelScoreSetting.values()).hasSize(PixelStatistic.values().length + 1);
    for (PixelStatistic statistic : PixelStatistic.values()) {
      assertThat(PixelScoreSetting.valueOf(statistic.name()).statistic()).contains(statistic);
    }
  }

  private static FairConfig scoring(String largeImages) {
    return ConfigLoader.load(
        List.of(),
        List.of(
            "data.root=" + dataRoot,
            "output.root=" + folder.resolve("night"),
            "score.model=" + folder.resolve("out/models"),
            "score.category=weave",
            "score.large-images=" + largeImages));
  }
}
