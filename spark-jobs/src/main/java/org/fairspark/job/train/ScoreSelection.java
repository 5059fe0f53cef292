package org.fairspark.job.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.calibration.HeldOut;
import org.fairspark.calibration.PixelLevel;
import org.fairspark.config.EvaluationConfig;
import org.fairspark.config.FairConfig;
import org.fairspark.config.PixelScoreSetting;
import org.fairspark.config.ScoreSetting;
import org.fairspark.detect.Detection;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.TaskDetector;
import org.fairspark.inspection.Inspection;
import org.fairspark.scoring.AnomalyMaps;
import org.fairspark.scoring.MapSums;
import org.fairspark.scoring.Mixture;
import org.fairspark.scoring.NormalMaps;
import org.fairspark.scoring.PixelChoice;
import org.fairspark.scoring.PixelStatistic;
import org.fairspark.scoring.ScoreChoice;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.scoring.ScoreTrial;
import org.fairspark.scoring.Scorer;
import org.fairspark.scoring.TrialImages;
import org.fairspark.scoring.TrialMaps;
import org.fairspark.scoring.TrialScores;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ImagesTable;
import scala.Tuple2;

/**
 * The scores of a category's images and pixels: those that are asked for, or chosen by a trial on
 * the held-out images ({@link ScoreTrial}), whose maps are made and judged where they lie.
 *
 * @param choice the images' statistic and why it was taken
 * @param pixels the pixels' statistic and why it was taken
 * @param scorer of the category's images
 * @param own by id, the trial's images as they are, by what the others tell; empty where the scores
 *     know no positions, hence none of these images
 */
record ScoreSelection(
    ScoreChoice choice, PixelChoice pixels, Scorer scorer, Map<String, OwnScores> own) {
  private static final int IMAGES_PER_TASK = 8;

  /**
   * The scores of a held-out image as if it were a new one.
   *
   * @param image its score
   * @param pixelLevel what a share of its pixels exceeds
   */
  record OwnScores(float image, float pixelLevel) implements Serializable {}

  private static ScoreSelection without(ScoreChoice choice, PixelChoice pixels) {
    return new ScoreSelection(
        choice, pixels, Scorer.of(choice.statistic(), pixels.statistic(), null), Map.of());
  }

  /**
   * Refuses a score by position where too few images are held out to know any.
   *
   * @throws FairException naming how many it takes
   */
  static void require(FairConfig config, String category, HeldOut held) {
    require(config, category, held.ids().size(), held.reason());
  }

  /**
   * Refuses a score by position where too few images are held out to know any.
   *
   * @param held so many
   * @param reason why none are; may be empty
   * @throws FairException naming how many it takes
   */
  static void require(FairConfig config, String category, int held, String reason) {
    ScoreSetting score = config.evaluation().score();
    require(
        "evaluation.score",
        score.word(),
        score.statistic().map(ScoreStatistic::byPosition).orElse(false),
        category,
        held,
        reason);
    PixelScoreSetting pixels = config.evaluation().pixelScore();
    require(
        "evaluation.pixel-score",
        pixels.word(),
        pixels.statistic().map(PixelStatistic::byPosition).orElse(false),
        category,
        held,
        reason);
  }

  private static void require(
      String key, String word, boolean byPosition, String category, int held, String reason) {
    if (byPosition && held < ScoreTrial.MIN_IMAGES) {
      throw FairException.refused(
          "%s=%s takes %d held-out images, %s has %d%s"
              .formatted(
                  key,
                  word,
                  ScoreTrial.MIN_IMAGES,
                  category,
                  held,
                  reason.isEmpty() ? "" : ": " + reason),
          key,
          "raise calibration.share, or set %s=auto or paper".formatted(key));
    }
  }

  /**
   * Selects.
   *
   * @param images the category's training images, the held-out ones among them
   * @param detector of the trained model, with its own scores
   */
  static ScoreSelection run(
      JavaSparkContext spark,
      FairConfig config,
      String category,
      JavaRDD<Row> images,
      HeldOut held,
      DetectorSource detector,
      int threads) {
    Asked asked = Asked.of(config);
    if (!config.evaluation().scoresNeedCalibration()) {
      return without(asked.score().orElseThrow(), asked.pixels().orElseThrow());
    }
    if (held.ids().size() < ScoreTrial.MIN_IMAGES) {
      String reason =
          "a choice takes %d held-out images, there are %d"
              .formatted(ScoreTrial.MIN_IMAGES, held.ids().size());
      return without(
          asked.score().orElseGet(() -> ScoreChoice.without(ScoreStatistic.PAPER, reason)),
          asked.pixels().orElseGet(() -> PixelChoice.without(PixelStatistic.PAPER, reason)));
    }
    ScoreTrial trial = ScoreTrial.of(config.seed(), category, held.ids());
    int tasks = (trial.images() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
    JavaRDD<Row> rows =
        images.filter(row -> trial.contains(row.getAs(ImagesTable.IMAGE_ID))).repartition(tasks);
    JavaRDD<TrialMaps> maps =
        GpuStages.detecting(
                rows.mapPartitions(new MapTask(detector, config.seed(), threads)),
                config.inference().shareGpus())
            .persist(StorageLevel.DISK_ONLY());
    try {
      return new Judgement(spark, config, asked, trial, maps)
          .selection(detector.inspection(), views(detector.inspection(), rows));
    } finally {
      maps.unpersist();
    }
  }

  /** Returns the views of images by their ids, where they are inspected by views. */
  private static Map<String, String> views(Inspection inspection, JavaRDD<Row> rows) {
    return inspection.views().isEmpty()
        ? Map.of()
        : new HashMap<>(
            rows.mapToPair(
                    row ->
                        new Tuple2<>(
                            row.<String>getAs(ImagesTable.IMAGE_ID), AnnotationColumns.view(row)))
                .collectAsMap());
  }

  /** What settings ask for by name; a choice is empty where the trial has to make it. */
  private record Asked(Optional<ScoreChoice> score, Optional<PixelChoice> pixels) {

    static Asked of(FairConfig config) {
      EvaluationConfig evaluation = config.evaluation();
      return new Asked(
          evaluation.score().statistic().map(s -> ScoreChoice.without(s, "evaluation.score")),
          evaluation
              .pixelScore()
              .statistic()
              .map(s -> PixelChoice.without(s, "evaluation.pixel-score")));
    }
  }

  /** The maps of a partition's images and of what the trial makes of them. */
  private record MapTask(DetectorSource source, long seed, int threads)
      implements FlatMapFunction<Iterator<Row>, TrialMaps> {

    @Override
    public Iterator<TrialMaps> call(Iterator<Row> rows) {
      List<TrialMaps> maps = new ArrayList<>();
      try (TaskDetector detector = new TaskDetector(threads)) {
        while (rows.hasNext()) {
          Row row = rows.next();
          String id = row.getAs(ImagesTable.IMAGE_ID);
          PixelImage normal = ImagesTable.pixels(row);
          List<FloatImage> images = new ArrayList<>();
          DetectorSource own =
              source.inspecting(source.inspection().of(AnnotationColumns.view(row)));
          boolean[] inside = own.inspection().inside(normal.height(), normal.width());
          TrialImages made = TrialImages.of(normal, seed, id, inside);
          made.all().forEach(image -> images.add(image.toFloat()));
          images.add(normal.toFloat());
          List<Detection> found = detector.with(own, lent -> lent.detect(images));
          AnomalyFunction function = source.settings().function();
          maps.add(
              TrialMaps.of(
                  id,
                  made,
                  found.stream()
                      .map(
                          d ->
                              new AnomalyMaps(
                                  d.map().values(), d.beside(own.inspection(), function)))
                      .toList()));
        }
      }
      return maps.iterator();
    }
  }

  /** Both passes of a trial over the maps. */
  private record Judgement(
      JavaSparkContext spark,
      FairConfig config,
      Asked asked,
      ScoreTrial trial,
      JavaRDD<TrialMaps> maps) {

    ScoreSelection selection(Inspection inspection, Map<String, String> views) {
      // Tasks get the plan alone, not what this record holds beside it.
      ScoreTrial plan = trial;
      ImageSize size = config.image().size();
      ScoreTrial.Sums sums =
          maps.mapPartitions(
                  part -> {
                    ScoreTrial.Sums own = plan.sums(size.height(), size.width());
                    part.forEachRemaining(own::add);
                    return List.of(own).iterator();
                  })
              .treeReduce(ScoreTrial.Sums::merge);
      Broadcast<List<NormalMaps>> normals = spark.broadcast(sums.normals());
      try {
        Optional<List<TrialScores>> scores =
            asked.score().filter(choice -> choice.statistic() != ScoreStatistic.MIXTURE).isPresent()
                ? Optional.empty()
                : Optional.of(maps.map(m -> plan.scores(m, normals.value())).collect());
        ScoreChoice choice =
            asked.score().orElseGet(() -> ScoreChoice.of(scores.orElseThrow(), config.seed()));
        PixelChoice pixels = asked.pixels().orElseGet(() -> choosePixels(normals));
        if (!Scorer.byPosition(choice.statistic(), pixels.statistic())) {
          return without(choice, pixels);
        }
        MapSums all = sums.all();
        NormalMaps known =
            new NormalMaps(all.normals().profiles(), scores.map(Mixture::of).orElse(Mixture.NONE));
        Scorer scorer = Scorer.of(choice.statistic(), pixels.statistic(), known);
        return new ScoreSelection(
            choice, pixels, scorer, ownScores(scorer, all, inspection, views));
      } finally {
        normals.destroy();
      }
    }

    private PixelChoice choosePixels(Broadcast<List<NormalMaps>> normals) {
      ScoreTrial plan = trial;
      return PixelChoice.of(
          maps.map(m -> plan.pixels(m, normals.value())).collect(), config.seed());
    }

    private Map<String, OwnScores> ownScores(
        Scorer scorer, MapSums all, Inspection inspection, Map<String, String> views) {
      double share = config.calibration().pixelShare();
      ImageSize size = config.image().size();
      Broadcast<MapSums> shared = spark.broadcast(all);
      Broadcast<Scorer> fitted = spark.broadcast(scorer);
      try {
        Map<String, OwnScores> scores = new HashMap<>();
        maps.map(
                m -> {
                  Scorer others = ScoreTrial.withoutOwn(m, fitted.value(), shared.value());
                  FloatImage map = new FloatImage(1, size.height(), size.width(), m.plain().map());
                  float[] pixels =
                      inspection.of(views.getOrDefault(m.id(), "")).values(others.pixelScores(map));
                  return new Tuple2<>(
                      m.id(),
                      new OwnScores(
                          others.score(map, others.mixes() ? m.plain().beside() : List.of()),
                          PixelLevel.of(pixels, share)));
                })
            .collect()
            .forEach(t -> scores.put(t._1(), t._2()));
        return scores;
      } finally {
        shared.destroy();
        fitted.destroy();
      }
    }
  }
}
