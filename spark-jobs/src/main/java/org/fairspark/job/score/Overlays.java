package org.fairspark.job.score;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.anomaly.HeatMap;
import org.fairspark.anomaly.Outlines;
import org.fairspark.anomaly.Peak;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.ImageFiles;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageCells;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.TaskDetector;
import org.fairspark.inspection.Inspection;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.ScoresTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code overlays/CATEGORY/RANK-NAME.png}: the images of the highest scores with their heat maps.
 * The hottest colour is twice the threshold (of the map, where the score is not its maximum), the
 * same for all images of a category. A line is around what exceeds the pixel threshold, and what is
 * not inspected is dark.
 */
final class Overlays {
  /** The longest side of a picture in pixels: enough to see a defect, in a small file. */
  private static final int MAX_SIDE = 1024;

  private static final float MIN_SCALE = 1e-6f;

  private static final Logger LOG = LoggerFactory.getLogger(Overlays.class);

  private Overlays() {}

  /** One picture to make. */
  private record Overlay(ScoredImage image, int rank, float scale) implements Serializable {}

  /**
   * Writes the pictures, in place of those of earlier runs.
   *
   * @return by category, the file names below {@code overlays/CATEGORY/} in the order of the ranks;
   *     empty for an image that could not be read any more
   */
  static SortedMap<String, List<String>> write(
      JavaSparkContext spark,
      OutputRoot root,
      ScoringModels folder,
      Map<String, ScoringModel> models,
      FairConfig config,
      ScoreTask.Options settings,
      SortedMap<String, List<ScoredImage>> highest)
      throws IOException {
    SortedMap<String, List<String>> names = new TreeMap<>();
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    int threads = TaskCores.of(spark.sc().conf());
    try {
      for (var entry : highest.entrySet()) {
        ScoringModel model = models.get(entry.getKey());
        if (model == null) {
          continue;
        }
        Path place = new Path(root.path(ScoresTable.OVERLAYS), entry.getKey());
        root.fileSystem().delete(place, true);
        if (entry.getValue().isEmpty()) {
          continue;
        }
        float scale = scale(model, entry.getValue().get(0).score());
        List<Overlay> overlays = new ArrayList<>();
        for (ScoredImage image : entry.getValue()) {
          overlays.add(new Overlay(image, overlays.size() + 1, scale));
        }
        DetectorSource source = folder.source(spark, model, config.score().engine(), LOG::debug);
        try {
          Painter painter = new Painter(hadoop, source, model, settings, threads, place.toString());
          int tasks = Math.min(overlays.size(), 2 * spark.defaultParallelism());
          names.put(
              entry.getKey(),
              GpuStages.detecting(
                      spark.parallelize(overlays, tasks).map(painter::paint),
                      config.inference().shareGpus())
                  .collect());
        } finally {
          source.destroy();
        }
      }
    } finally {
      hadoop.destroy();
    }
    return names;
  }

  /**
   * Returns the map's value that gets the hottest colour; 0 for the maximum of each map. Only the
   * paper's score is a value of the map.
   */
  private static float scale(ScoringModel model, float highest) {
    if (!model.scoreIsMaximum()) {
      return model.pixelThreshold() == null ? 0 : 2 * model.pixelThreshold();
    }
    return model.threshold() == null || model.threshold() == 0
        ? Math.max(MIN_SCALE, highest)
        : 2 * model.threshold();
  }

  private record Painter(
      Broadcast<SerializableConfiguration> hadoop,
      DetectorSource source,
      ScoringModel model,
      ScoreTask.Options settings,
      int threads,
      String folder)
      implements Serializable {

    /** Returns the file's name, empty if the image cannot be read any more. */
    String paint(Overlay overlay) throws IOException {
      Configuration conf = hadoop.value().value();
      ImageCells seen;
      PixelImage image;
      try (ImageSource source = new ImageSource(conf, settings.attempts())) {
        byte[] file = source.read(overlay.image().image());
        DecodeLimits limits = new DecodeLimits(settings.maxPixels());
        seen = ImageFiles.read(file, limits, model.depth(), model::needed).cells();
        image =
            seen.arePixels()
                ? seen.pixels()
                : ImageFiles.read(file, limits, model.depth()).pixels();
      } catch (UnreadableFileException e) {
        LOG.info("no overlay of {}", overlay.image().image().path(), e);
        return "";
      }
      Inspection inspection = model.inspection().of(overlay.image().view());
      FloatImage map = map(seen, inspection);
      float scale =
          overlay.scale() > 0 ? overlay.scale() : Math.max(MIN_SCALE, Peak.of(map).value());
      byte[] png =
          PngEncoder.encode(outlined(HeatMap.overlay(small(image), map, scale), map, inspection));
      String name =
          String.format(
              Locale.ROOT, "%04d-%s.png", overlay.rank(), plain(overlay.image().image().name()));
      OutputRoot.of(conf, folder).writeInTask(new Path(folder, name), out -> out.write(png));
      return name;
    }

    /** Darkens what is not inspected, and draws lines around what the pixel threshold finds. */
    private PixelImage outlined(PixelImage picture, FloatImage map, Inspection inspection) {
      boolean[] inside = inspection.inside(map.height(), map.width());
      PixelImage veiled = inside == null ? picture : Outlines.veiled(picture, inside, map.width());
      return model.pixelThreshold() == null
          ? veiled
          : Outlines.around(
              veiled,
              inspection.above(map.values(), map.width(), model.pixelThreshold()),
              map.width());
    }

    private FloatImage map(ImageCells image, Inspection inspection) {
      try (TaskDetector detector = new TaskDetector(threads)) {
        return detector.with(
            source.inspecting(inspection),
            own ->
                model.tiles(image.size())
                    ? ScoreTask.tiled(image.pixels(), model, inspection, own)
                    : own.detect(List.of(model.frame().keep(image).toFloat())).get(0).map());
      }
    }

    private static PixelImage small(PixelImage image) {
      int longest = Math.max(image.height(), image.width());
      return longest <= MAX_SIDE
          ? image
          : Resize.bilinear(
              image,
              Math.max(1, image.height() * MAX_SIDE / longest),
              Math.max(1, image.width() * MAX_SIDE / longest));
    }

    /** Returns the end of a name, in characters that every file system and browser takes. */
    private static String plain(String name) {
      String end = name.replaceAll("\\.[A-Za-z]+$", "").replaceAll("[^A-Za-z0-9._-]+", "_");
      return end.length() <= 80 ? end : end.substring(end.length() - 80);
    }
  }
}
