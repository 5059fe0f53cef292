package org.fairspark.job.train;

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
import org.fairspark.calibration.HeldOut;
import org.fairspark.config.FairConfig;
import org.fairspark.config.ScoreSetting;
import org.fairspark.detect.Detection;
import org.fairspark.failure.FairException;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.TaskDetector;
import org.fairspark.scoring.ImageScorer;
import org.fairspark.scoring.PositionProfile;
import org.fairspark.scoring.PositionSums;
import org.fairspark.scoring.ScoreChoice;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.scoring.ScoreTrial;
import org.fairspark.scoring.TrialImages;
import org.fairspark.scoring.TrialMaps;
import org.fairspark.scoring.TrialScores;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.table.ImagesTable;
import scala.Tuple2;

/**
 * The image score of a category: the one that is asked for, or chosen by a trial on the held-out
 * images ({@link ScoreTrial}), whose maps are made and judged where they lie.
 *
 * @param choice the statistic and why it was taken
 * @param scorer of the category's images
 * @param ownScores by id, scores of the trial's images as they are, by what the others tell; empty
 *     where the score knows no positions, hence none of these images
 */
record ScoreSelection(ScoreChoice choice, ImageScorer scorer, Map<String, Float> ownScores) {
  private static final int IMAGES_PER_TASK = 8;

  private static ScoreSelection without(ScoreStatistic statistic, String reason) {
    return new ScoreSelection(
        ScoreChoice.without(statistic, reason), ImageScorer.of(statistic), Map.of());
  }

  /**
   * Refuses a score by position where too few images are held out to know any.
   *
   * @throws FairException naming how many it takes
   */
  static void require(FairConfig config, String category, HeldOut held) {
    ScoreSetting asked = config.evaluation().score();
    boolean byPosition = asked.statistic().map(ScoreStatistic::byPosition).orElse(false);
    if (byPosition && held.ids().size() < ScoreTrial.MIN_IMAGES) {
      throw FairException.refused(
          "evaluation.score=%s takes %d held-out images, %s has %d%s"
              .formatted(
                  asked.word(),
                  ScoreTrial.MIN_IMAGES,
                  category,
                  held.ids().size(),
                  held.reason().isEmpty() ? "" : ": " + held.reason()),
          "evaluation.score",
          "raise calibration.share, or set evaluation.score=auto or paper");
    }
  }

  /**
   * Selects.
   *
   * @param images the category's training images, the held-out ones among them
   * @param detector of the trained model, with its own score
   */
  static ScoreSelection run(
      JavaSparkContext spark,
      FairConfig config,
      String category,
      JavaRDD<Row> images,
      HeldOut held,
      DetectorSource detector,
      int threads) {
    Optional<ScoreStatistic> asked = config.evaluation().score().statistic();
    if (asked.isPresent() && !asked.get().byPosition()) {
      return without(asked.get(), "evaluation.score");
    }
    if (held.ids().size() < ScoreTrial.MIN_IMAGES) {
      return without(
          ScoreStatistic.PAPER,
          "a choice takes %d held-out images, there are %d"
              .formatted(ScoreTrial.MIN_IMAGES, held.ids().size()));
    }
    ScoreTrial trial = ScoreTrial.of(config.seed(), category, held.ids());
    int tasks = (trial.images() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
    JavaRDD<Row> rows =
        images.filter(row -> trial.contains(row.getAs(ImagesTable.IMAGE_ID))).repartition(tasks);
    JavaRDD<TrialMaps> maps =
        GpuStages.onGpu(rows.mapPartitions(new MapTask(detector, config.seed(), threads)))
            .persist(StorageLevel.DISK_ONLY());
    try {
      return new Judgement(spark, config, trial, maps).selection();
    } finally {
      maps.unpersist();
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
          TrialImages.of(normal, seed, id).all().forEach(image -> images.add(image.toFloat()));
          images.add(normal.toFloat());
          List<Detection> found = detector.with(source, own -> own.detect(images));
          List<float[]> planes = found.stream().map(d -> d.map().values()).toList();
          int each = TrialImages.EACH;
          maps.add(
              new TrialMaps(
                  id,
                  planes.get(2 * each),
                  planes.subList(0, each),
                  planes.subList(each, 2 * each)));
        }
      }
      return maps.iterator();
    }
  }

  /** Both passes of a trial over the maps. */
  private record Judgement(
      JavaSparkContext spark, FairConfig config, ScoreTrial trial, JavaRDD<TrialMaps> maps) {

    ScoreSelection selection() {
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
      Optional<ScoreStatistic> asked = config.evaluation().score().statistic();
      ScoreChoice choice =
          asked
              .map(statistic -> ScoreChoice.without(statistic, "evaluation.score"))
              .orElseGet(() -> choose(sums));
      ScoreStatistic statistic = choice.statistic();
      if (!statistic.byPosition()) {
        return new ScoreSelection(choice, ImageScorer.of(statistic), Map.of());
      }
      PositionSums all = sums.all();
      return new ScoreSelection(
          choice, ImageScorer.of(statistic, all.profile()), ownScores(statistic, all));
    }

    private ScoreChoice choose(ScoreTrial.Sums sums) {
      ScoreTrial plan = trial;
      Broadcast<List<PositionProfile>> profiles = spark.broadcast(sums.profiles());
      try {
        List<TrialScores> scores = maps.map(m -> plan.scores(m, profiles.value())).collect();
        return ScoreChoice.of(scores, config.seed());
      } finally {
        profiles.destroy();
      }
    }

    private Map<String, Float> ownScores(ScoreStatistic statistic, PositionSums all) {
      Broadcast<PositionSums> shared = spark.broadcast(all);
      try {
        Map<String, Float> scores = new HashMap<>();
        maps.map(m -> new Tuple2<>(m.id(), ScoreTrial.ownScore(m, statistic, shared.value())))
            .collect()
            .forEach(t -> scores.put(t._1(), t._2()));
        return scores;
      } finally {
        shared.destroy();
      }
    }
  }
}
