package org.fairspark.job.score;

import java.io.Serializable;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.fairspark.calibration.Calibration;
import org.fairspark.config.FairConfig;
import org.fairspark.config.ScoreConfig;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Frame;
import org.fairspark.detect.Method;
import org.fairspark.detect.restoration.RestorationMethod;
import org.fairspark.failure.FairException;
import org.fairspark.image.ImageSize;
import org.fairspark.image.Reduction;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.inspection.Inspection;
import org.fairspark.scoring.PixelStatistic;
import org.fairspark.scoring.ScoreStatistic;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.InspectionJson;
import org.fairspark.store.model.ModelMetadata;
import org.fairspark.store.model.ModelScore;
import org.fairspark.store.model.PixelSource;

/**
 * Everything but the weights that tasks need to score images of one category. Filter, image size
 * and anomaly function are those that the model was trained and calibrated with, whatever this
 * run's settings say: thresholds hold for nothing else.
 *
 * @param id SHA-256 of its weights
 * @param method that it is a model of
 * @param settings of its detector
 * @param depth of the samples of 16-bit files, as in training
 * @param scoreIsMaximum whether an image's score is the maximum of its pixels', as in the paper
 * @param threshold of image scores, null where the model is not calibrated
 * @param pixelThreshold of the map, null where the model is not calibrated
 * @param inspection what of its maps counts
 * @param tile whether larger images are tiled
 * @param tileOverlap in pixels
 * @param maps which maps to keep
 * @param fingerprint of all that decides a row beside the image
 */
record ScoringModel(
    String category,
    String id,
    String method,
    DetectionSettings settings,
    BitDepth depth,
    boolean scoreIsMaximum,
    Float threshold,
    Float pixelThreshold,
    Inspection inspection,
    boolean tile,
    int tileOverlap,
    ScoreConfig.Maps maps,
    String fingerprint)
    implements Serializable {

  /**
   * Makes the model's entry for a run.
   *
   * @param batchSize images that the network sees at a time in this run
   * @throws FairException if large images are to be tiled and the method cannot
   */
  static ScoringModel of(ModelMetadata metadata, ScoreConfig score, int batchSize) {
    FairConfig trained = metadata.settings();
    Calibration calibration = metadata.calibration().found().orElse(null);
    Float threshold = calibration == null ? null : calibration.image().value();
    Float pixel = calibration == null ? null : calibration.pixel().value();
    boolean tile = score.largeImages() == ScoreConfig.LargeImages.TILE;
    Method method = trained.scoringMethod();
    if (tile && !method.detectsTiles()) {
      throw FairException.refused(
          "the method %s does not detect in tiles".formatted(method.name()),
          "score.large-images",
          "set score.large-images=resize");
    }
    ModelScore imageScore = metadata.calibration().score();
    if (tile && imageScore.byPosition()) {
      throw FairException.refused(
          "the model of %s scores images or pixels by position (%s, %s), and tiles have none"
              .formatted(
                  metadata.category(),
                  imageScore.choice().statistic().word(),
                  imageScore.pixels().statistic().word()),
          "score.large-images",
          "set score.large-images=resize, or calibrate the model by train with another"
              + " evaluation.score and evaluation.pixel-score");
    }
    Map<String, String> decides = new TreeMap<>();
    decides.put("model", metadata.id());
    decides.put("function", trained.evaluation().anomalyFunction().toString());
    decides.put("filter", trained.extractor().describe());
    decides.put("threshold", String.valueOf(threshold));
    decides.put("pixel threshold", String.valueOf(pixel));
    decides.put("tiles", tile ? String.valueOf(score.tileOverlap()) : "no");
    Frame frame = trained.image().frame();
    if (frame.fit() != Frame.Fit.STRETCH || frame.reduction() != Reduction.BILINEAR) {
      decides.put("frame", frame.toString());
    }
    decides.put("maps", score.maps().toString());
    OptionalInt bits = PixelSource.bitDepth(metadata.manifest());
    bits.ifPresent(depth -> decides.put("bit depth", String.valueOf(depth)));
    int offset = PixelSource.sampleOffset(metadata.manifest());
    if (offset > 0) {
      decides.put("sample offset", String.valueOf(offset));
    }
    if (!method.name().equals(RestorationMethod.NAME)) {
      decides.put("method", method.name());
    }
    if (method.networks(trained.detection()).size() > 1) {
      // Thresholds are known by all of the networks that they were set for.
      decides.put("networks", metadata.calibratedBy());
    }
    if (!imageScore.equals(ModelScore.PAPER)) {
      decides.put("score", imageScore.choice().statistic().word());
      if (imageScore.pixels().statistic() != PixelStatistic.PAPER) {
        decides.put("pixel score", imageScore.pixels().statistic().word());
      }
      imageScore.positionsSha256().ifPresent(sha -> decides.put("positions", sha));
    }
    Inspection inspection = metadata.calibration().inspection();
    if (!inspection.equals(Inspection.WHOLE)) {
      decides.put("inspection", InspectionJson.tree(inspection).toString());
    }
    return new ScoringModel(
        metadata.category(),
        metadata.id(),
        method.name(),
        trained.with("evaluation.batch-size", String.valueOf(batchSize)).detection(),
        (bits.isPresent() ? BitDepth.fixed(bits.getAsInt()) : BitDepth.OF_FILE).withOffset(offset),
        imageScore.choice().statistic() == ScoreStatistic.PAPER
            && imageScore.pixels().statistic() == PixelStatistic.PAPER,
        threshold,
        pixel,
        inspection,
        tile,
        score.tileOverlap(),
        score.maps(),
        Provenance.of(decides).fingerprint().substring(0, 16));
  }

  /**
   * Returns the memory of detecting by a model, with the method and the settings that it was
   * trained with.
   *
   * @param score the engine that this run asks for, and whether it cuts large images into tiles
   * @param batchSize images that the network sees at a time in this run
   * @param conf of a Spark
   */
  static MemoryPlan memory(
      ModelMetadata metadata, ScoreConfig score, int batchSize, SparkConf conf) {
    FairConfig trained =
        metadata.settings().with("evaluation.batch-size", String.valueOf(batchSize));
    MemoryPlan plan =
        MemoryPlan.ofDetecting(trained, trained.scoringMethod(), score.engine(), conf);
    // A model that knows tiles alone has them in its plan.
    return score.largeImages() == ScoreConfig.LargeImages.TILE
            && trained.image().frame().fit() != Frame.Fit.TILES
        ? plan.withTiledImages(conf)
        : plan;
  }

  /** Returns the way from images to what the networks see. */
  Frame frame() {
    return settings.frame();
  }

  /**
   * Tells whether an image is cut into tiles by a model that knows whole ones: it is larger than
   * the network's, and this is wanted.
   */
  boolean tiles(ImageSize image) {
    ImageSize size = frame().size();
    return tile
        && frame().fit() != Frame.Fit.TILES
        && (image.height() > size.height() || image.width() > size.width());
  }

  /**
   * Returns the size that is needed of an image, as {@link Frame#needed}; of a tiled one its own.
   */
  ImageSize needed(ImageSize image) {
    return tiles(image) ? image : frame().needed(image);
  }
}
