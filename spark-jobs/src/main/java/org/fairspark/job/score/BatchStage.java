package org.fairspark.job.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.image.ImageSize;
import org.fairspark.inference.DetectorSource;
import org.fairspark.runtime.JobContext;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/**
 * The stage that scores one batch after the other and commits each; models go to the executors once
 * per run.
 */
final class BatchStage implements AutoCloseable {
  private static final int MAX_IMAGES_PER_TASK = 512;

  /** The size in bytes of a file of maps. */
  private static final long FILE_BYTES = 128L << 20;

  private final JobContext job;
  private final JavaSparkContext context;
  private final ScoresStore store;
  private final ScoringModels folder;
  private final Map<String, ScoringModel> models;
  private final ScoreTask.Options settings;
  private final ScoreTask.Counters counters;
  private final Map<String, Annotations> annotations;
  private final String run;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Map<String, DetectorSource> sources = new HashMap<>();

  /**
   * Makes the stage of a run.
   *
   * @param job that holds the lock of the output root
   * @param folder where the models are
   * @param models of the categories that images may be of
   * @param annotations what the data set's own table says, by the images' URIs
   * @param run the run's name
   */
  BatchStage(
      JobContext job,
      ScoresStore store,
      ScoringModels folder,
      Map<String, ScoringModel> models,
      ScoreTask.Options settings,
      ScoreTask.Counters counters,
      Map<String, Annotations> annotations,
      String run) {
    this.job = job;
    this.context = JavaSparkContext.fromSparkContext(job.spark().sparkContext());
    this.store = store;
    this.folder = folder;
    this.models = new TreeMap<>(models);
    this.settings = settings;
    this.counters = counters;
    this.annotations = annotations;
    this.run = run;
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  /** Scores and commits. */
  void run(List<ScoreItem> items) throws IOException {
    List<List<ScoreItem>> chunks = chunks(items);
    Map<String, DetectorSource> needed = new HashMap<>();
    for (ScoreItem item : items) {
      if (item.category() != null && models.containsKey(item.category())) {
        needed.computeIfAbsent(item.category(), this::source);
      }
    }
    Map<String, Annotations> known = known(items);
    ScoreTask task =
        new ScoreTask(
            hadoop,
            models,
            needed,
            views(known),
            settings,
            TaskCores.of(context.getConf()),
            run,
            store.commits() + 1,
            counters);
    JavaRDD<Row> rows =
        GpuStages.detecting(
            context.parallelize(chunks, chunks.size()).mapPartitions(task),
            job.config().inference().shareGpus());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("run", run);
    details.put("images", items.size());
    Dataset<Row> scored =
        AnnotationColumns.filled(
            job.spark().createDataFrame(rows, ScoreRows.SCHEMA), ScoresTable.PATH, known);
    if (!settings.byContent() && items.stream().allMatch(item -> item.previous() == null)) {
      store.commitNew(scored, files(items.size()), job.lock(), details);
    } else {
      store.commit(scored, files(items.size()), job.lock(), details);
    }
  }

  /** Returns what the data set's own table says of a batch's images. */
  private Map<String, Annotations> known(List<ScoreItem> items) {
    Map<String, Annotations> known = new HashMap<>();
    for (ScoreItem item : annotations.isEmpty() ? List.<ScoreItem>of() : items) {
      Annotations found = annotations.get(item.image().path());
      if (found != null) {
        known.put(item.image().path(), found);
      }
    }
    return known;
  }

  /** Returns the views of images, where a model inspects by them. */
  private Map<String, String> views(Map<String, Annotations> known) {
    Map<String, String> views = new HashMap<>();
    if (models.values().stream().anyMatch(model -> !model.inspection().views().isEmpty())) {
      known.forEach((path, annotations) -> views.put(path, annotations.view()));
    }
    return views;
  }

  private int files(int images) {
    long bytes = 0;
    for (ScoringModel model : models.values()) {
      long map =
          2L * model.frame().keptAlike().map(ImageSize::pixels).orElse(ScoreRows.MOST_PIXELS);
      long kept =
          switch (model.maps()) {
            case ALL -> map;
            // Few images are suspicious as a rule; where many are, files get larger.
            case SUSPICIOUS -> map / 10;
            case NONE -> 0;
          };
      bytes = Math.max(bytes, kept * images);
    }
    return (int) Math.max(1, Math.min(images, bytes / FILE_BYTES));
  }

  private DetectorSource source(String category) {
    return sources.computeIfAbsent(
        category,
        c ->
            folder.source(
                context, models.get(c), job.config().score().engine(), job.terminal()::warn));
  }

  /** Chunks of one category each, read in the order of the archives' bytes. */
  private List<List<ScoreItem>> chunks(List<ScoreItem> items) {
    int tasks = 3 * context.defaultParallelism();
    int batch = settings.batchSize();
    int fair = (items.size() + tasks - 1) / tasks;
    int most = Math.max(batch, Math.min(MAX_IMAGES_PER_TASK, (fair + batch - 1) / batch * batch));
    Map<String, List<ScoreItem>> byCategory = new TreeMap<>();
    for (ScoreItem item : items) {
      String category = item.category() == null ? "" : item.category();
      byCategory.computeIfAbsent(category, c -> new ArrayList<>()).add(item);
    }
    List<List<ScoreItem>> chunks = new ArrayList<>();
    for (List<ScoreItem> own : byCategory.values()) {
      own.sort(
          Comparator.comparing((ScoreItem i) -> i.image().file())
              .thenComparingLong(i -> i.image().position())
              .thenComparingInt(i -> i.image().skip()));
      for (int from = 0; from < own.size(); from += most) {
        chunks.add(new ArrayList<>(own.subList(from, Math.min(own.size(), from + most))));
      }
    }
    return chunks;
  }

  @Override
  public void close() {
    sources.values().forEach(DetectorSource::destroy);
    hadoop.destroy();
  }
}
