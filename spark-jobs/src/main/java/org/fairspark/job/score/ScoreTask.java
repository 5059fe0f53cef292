package org.fairspark.job.score;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.Frame;
import org.fairspark.detect.TiledDetector;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.ImageFiles;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageCells;
import org.fairspark.image.ImageSize;
import org.fairspark.image.ImageTraits;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.DecodedImage;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.TaskDetector;
import org.fairspark.inspection.Inspection;
import org.fairspark.job.score.ScoreRows.ScoredMap;
import org.fairspark.scoring.Scorer;
import org.fairspark.text.Sha256;

/**
 * A task that scores chunks of images, each of one category, a few at a time: in memory are one
 * decoded image and a batch of resized ones, however long a chunk is.
 *
 * @param models by category
 * @param sources of the networks, by category
 * @param views of images by their paths, as far as they are known and matter
 * @param threads native threads of a task
 * @param run this run's name
 * @param commit the number of the commit that its rows come with
 */
record ScoreTask(
    Broadcast<SerializableConfiguration> hadoop,
    Map<String, ScoringModel> models,
    Map<String, DetectorSource> sources,
    Map<String, String> views,
    Options settings,
    int threads,
    String run,
    int commit,
    Counters counters)
    implements FlatMapFunction<Iterator<List<ScoreItem>>, Row> {

  /**
   * The run's settings, as far as tasks need them.
   *
   * @param batchSize images that the network sees at a time
   * @param attempts at reading a file
   * @param byContent whether an image whose bytes are as they were is not scored again
   */
  record Options(int batchSize, int attempts, long maxPixels, boolean byContent)
      implements Serializable {}

  /**
   * The counters of the progress; a task that ran twice counts twice.
   *
   * @param done images that were dealt with
   * @param unchanged images read again and found as they were
   * @param ofPages images of files with several pages
   * @param beyondDepth images whose samples exceed the depth that the model was trained with
   */
  record Counters(
      LongAccumulator done,
      LongAccumulator unchanged,
      LongAccumulator ofPages,
      LongAccumulator beyondDepth)
      implements Serializable {

    static Counters of(SparkContext spark) {
      return new Counters(
          spark.longAccumulator("images scored"),
          spark.longAccumulator("images unchanged"),
          spark.longAccumulator("images of several pages"),
          spark.longAccumulator("images beyond their bit depth"));
    }

    /** Returns a line for each thing that a reader must know of the images. */
    List<String> notes() {
      List<String> notes = new ArrayList<>();
      if (ofPages.value() > 0) {
        notes.add(
            "%d file(s) have several pages; the first that is no thumbnail or mask is scored"
                .formatted(ofPages.value()));
      }
      if (beyondDepth.value() > 0) {
        notes.add(
            "%d image(s) have samples beyond the bit depth of their model, which became white"
                .formatted(beyondDepth.value()));
      }
      return notes;
    }
  }

  @Override
  public Iterator<Row> call(Iterator<List<ScoreItem>> chunks) {
    return new Scored(chunks);
  }

  /** An image that waits for its batch. */
  private record Waiting(ScoreItem item, ImageCells image, ImageSize size, String sha256) {
    PixelImage pixels() {
      return image.pixels();
    }

    Waiting keptBy(Frame frame) {
      return new Waiting(item, ImageCells.ofPixels(frame.keep(image)), size, sha256);
    }
  }

  private final class Scored extends AbstractIterator<Row> {
    private final Iterator<List<ScoreItem>> chunks;
    private final ImageSource source = new ImageSource(hadoop.value().value(), settings.attempts());
    private final DecodeLimits limits = new DecodeLimits(settings.maxPixels());
    private final ScoreRows rows = new ScoreRows(run, commit);
    private final Queue<Row> ready = new ArrayDeque<>();
    private Iterator<ScoreItem> items = List.<ScoreItem>of().iterator();
    private final TaskDetector detector = new TaskDetector(threads);

    Scored(Iterator<List<ScoreItem>> chunks) {
      this.chunks = chunks;
    }

    @Override
    protected Row computeNext() {
      while (ready.isEmpty()) {
        if (items.hasNext()) {
          scoreSome();
        } else if (chunks.hasNext()) {
          items = chunks.next().iterator();
        } else {
          return null;
        }
      }
      return ready.remove();
    }

    @Override
    public void close() throws IOException {
      detector.close();
      source.close();
    }

    private void scoreSome() {
      List<Waiting> batch = new ArrayList<>(settings.batchSize());
      ScoringModel model = null;
      int most = settings.batchSize();
      while (batch.size() < most && items.hasNext()) {
        ScoreItem item = items.next();
        counters.done().add(1);
        if (item.reason() != null) {
          ready.add(rows.unreadable(item, item.reason(), item.message(), null));
          continue;
        }
        model = models.get(item.category());
        most = model.settings().imagesAtATime();
        Waiting waiting = read(item, model);
        if (waiting == null) {
          continue;
        }
        if (model.tiles(waiting.size())) {
          ScoringModel tiling = model;
          DetectorSource networks = sources.get(model.category());
          Inspection inspection = model.inspection().of(view(item));
          FloatImage map =
              detector.with(networks, own -> tiled(waiting.pixels(), tiling, inspection, own));
          Scorer scorer = networks.ownScorer();
          float score = scorer.scoreOfTiles(map, model.frame().size());
          ImageTraits traits = ImageTraits.of(model.frame().keep(waiting.pixels()));
          ready.add(row(waiting, model, new ScoredMap(scorer.pixelScores(map), score, traits)));
        } else {
          batch.add(waiting.keptBy(model.frame()));
        }
      }
      if (!batch.isEmpty()) {
        score(batch, model);
      }
    }

    private void score(List<Waiting> batch, ScoringModel model) {
      List<FloatImage> images = batch.stream().map(i -> i.pixels().toFloat()).toList();
      List<Detection> detections =
          detector.detect(
              sources.get(model.category()),
              images,
              batch.stream().map(image -> view(image.item())).toList());
      for (int i = 0; i < batch.size(); i++) {
        Detection found = detections.get(i);
        ImageTraits traits = ImageTraits.of(batch.get(i).pixels());
        ready.add(row(batch.get(i), model, new ScoredMap(found.map(), found.score(), traits)));
      }
    }

    private String view(ScoreItem item) {
      return views.getOrDefault(item.image().path(), "");
    }

    private Row row(Waiting image, ScoringModel model, ScoredMap map) {
      ImageSize size = image.size();
      return rows.scored(image.item(), model, map, size.height(), size.width(), image.sha256());
    }

    /**
     * Returns the decoded image; null if it is unchanged, or unreadable, which gets its row here.
     */
    private Waiting read(ScoreItem item, ScoringModel model) {
      String hash = null;
      try {
        byte[] file = source.read(item.image());
        hash = Sha256.hex(file);
        if (settings.byContent() && item.isScored(hash)) {
          counters.unchanged().add(1);
          return null;
        }
        DecodedImage image = ImageFiles.read(file, limits, model.depth(), model::needed);
        counters.ofPages().add(image.pages() > 1 ? 1 : 0);
        counters.beyondDepth().add(image.clipped() ? 1 : 0);
        return new Waiting(item, image.cells(), image.size(), hash);
      } catch (UnreadableFileException e) {
        ready.add(rows.unreadable(item, e.reason(), e.getMessage(), hash));
      }
      return null;
    }
  }

  /** Returns the map of a tiled image, in its own resolution. */
  static FloatImage tiled(
      PixelImage image, ScoringModel model, Inspection inspection, AnomalyDetector detector) {
    Frame tiles = new Frame(Frame.Fit.TILES, model.frame().size(), model.tileOverlap());
    return inspection.apply(
        new TiledDetector(detector.tiles().orElseThrow(), tiles.size(), tiles.overlap())
            .map(image));
  }
}
