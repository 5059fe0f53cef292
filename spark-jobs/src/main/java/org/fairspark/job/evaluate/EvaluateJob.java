package org.fairspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.failure.FairException;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.EngineChoice;
import org.fairspark.inference.InferenceTimer;
import org.fairspark.job.prepare.PreparedTables;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.MemoryLimits;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.store.OutputLock;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.Versions;
import org.fairspark.store.metrics.EvaluationResults;
import org.fairspark.store.metrics.FrequencyFile;
import org.fairspark.store.metrics.InferenceRate;
import org.fairspark.store.metrics.MetricConventions;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableWriter;
import org.fairspark.text.HumanUnits;

/**
 * Restores the test images with each category's model and measures how well anomalies stand out.
 *
 * <h2>Input</h2>
 *
 * {@code images/} and {@code models/CATEGORY/} under {@code output.root}.
 *
 * <h2>Output</h2>
 *
 * {@code maps/} (a row a test image), {@code metrics/metrics.json}, {@code metrics/metrics.csv} and
 * {@code metrics/frequencies.json}.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh evaluate --set output.root=/data/out</pre>
 */
public final class EvaluateJob implements Job {
  /** Test images of a task: enough to be worth a model's loading, few enough to spread. */
  private static final int IMAGES_PER_TASK = 32;

  @Override
  public JobResult run(JobContext context) throws Exception {
    FairConfig config = context.config();
    OutputRoot root = context.root();
    Table images = PreparedTables.images(root, config);
    SortedMap<String, Long> tests = PreparedTables.rows(images, config, Split.TEST);
    EngineChoice choice = EngineChoice.of(config.evaluation().engine(), MemoryPlan.shape(config));
    choice.instead().ifPresent(context.terminal()::warn);
    InferenceEngine engine = choice.engine();
    Provenance provenance = provenance(config, root, images, tests.keySet(), engine);
    MemoryPlan memory = requireMemory(context, engine);
    if (context.dryRun()) {
      return JobResult.done(plan(tests, memory, config));
    }
    try (OutputLock lock = context.lock(root)) {
      TableWriter writer = new TableWriter(root, lock, Versions.all());
      Optional<Table> existing = TableWriter.existing(root, MapsTable.SPEC, provenance);
      MetricsFile file = new MetricsFile(root);
      Optional<EvaluationResults> measuredBefore = existing.flatMap(maps -> file.find(provenance));
      if (measuredBefore.isPresent()) {
        context.terminal().info("evaluate: maps and metrics are up to date, nothing to do");
        return JobResult.done(measuredBefore.get().lines());
      }
      writer.clean();
      Table maps =
          existing.isPresent()
              ? existing.get()
              : context.step(
                  "restore %d test images".formatted(total(tests)),
                  () -> makeMaps(context, root, images, tests, engine, writer, provenance));
      SortedMap<String, MapMetrics> measured =
          context.step(
              "metrics from maps",
              () -> MapMetrics.of(maps.dataset(context.spark()).toJavaRDD(), config.evaluation()));
      EvaluationResults results =
          new EvaluationResults(
              MapMetrics.results(measured),
              MetricConventions.of(config.evaluation()),
              InferenceRate.of(maps.manifest()),
              provenance.fingerprint());
      new FrequencyFile(root).write(MapMetrics.frequencies(measured), provenance);
      file.write(results);
      writer.clean();
      return JobResult.done(results.lines());
    }
  }

  private static long total(Map<String, Long> rows) {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Provenance provenance(
      FairConfig config,
      OutputRoot root,
      Table images,
      Set<String> categories,
      InferenceEngine engine) {
    Provenance provenance =
        Provenance.of(config.effective("evaluation", "filter"))
            .with("evaluation.engine", engine.name().toLowerCase(Locale.ROOT))
            .with("images", images.manifest().fingerprint())
            .with("categories", categories);
    for (MethodNetwork network : config.detectionMethod().networks(config.detection())) {
      for (String category : categories) {
        provenance =
            provenance.with(
                network.name() + " " + category,
                new ModelStore(root, network.folder(), category).id());
      }
    }
    return provenance;
  }

  /**
   * The memory that restoring takes.
   *
   * @throws FairException if an executor has less
   */
  public static MemoryPlan requireMemory(JobContext context, InferenceEngine engine) {
    SparkContext spark = context.spark().sparkContext();
    MemoryPlan memory =
        MemoryPlan.ofRestoring(context.config(), engine, MemoryLimits.tasksTogether(spark));
    MemoryLimits.of(spark.conf()).require(memory, "evaluate");
    return memory;
  }

  /** What is to be done, for a person; each category with their numbers of images. */
  public static List<String> plan(
      SortedMap<String, Long> tests, MemoryPlan memory, FairConfig config) {
    List<String> lines = new ArrayList<>();
    tests.forEach((category, n) -> lines.add("%-20s %6d test images".formatted(category, n)));
    long bytes = total(tests) * config.image().size() * config.image().size() * 5L;
    lines.add(
        "maps/ takes at most %s in %d tasks"
            .formatted(
                HumanUnits.bytes(bytes), (total(tests) + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK));
    lines.addAll(memory.lines());
    return lines;
  }

  private static Table makeMaps(
      JobContext context,
      OutputRoot root,
      Table images,
      SortedMap<String, Long> tests,
      InferenceEngine engine,
      TableWriter writer,
      Provenance provenance)
      throws Exception {
    FairConfig config = context.config();
    Method method = config.detectionMethod();
    int size = config.image().size();
    StructType schema = MapsTable.schema(size, size, method.extras());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    LongAccumulator done = spark.sc().longAccumulator("test images restored");
    InferenceTimer clock = InferenceTimer.of(spark.sc());
    Dataset<Row> rows = images.dataset(context.spark());
    JavaRDD<Row> all = spark.emptyRDD();
    List<DetectorSource> sources = new ArrayList<>();
    for (var entry : tests.entrySet()) {
      DetectorSource source =
          DetectorSource.broadcast(spark, method, config.detection(), engine, root, entry.getKey());
      sources.add(source);
      DetectionTask task =
          new DetectionTask(
              source,
              new MapRows(method.extras()),
              config.evaluation().batchSize(),
              spark.sc().conf().getInt("spark.task.cpus", 1),
              done,
              clock);
      int tasks = (int) ((entry.getValue() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK);
      all =
          all.union(
              GpuStages.onGpu(
                  rows.where(functions.col(ImagesTable.CATEGORY).equalTo(entry.getKey()))
                      .where(functions.col(ImagesTable.SPLIT).equalTo(Split.TEST.label()))
                      .select(
                          ImagesTable.IMAGE_ID,
                          ImagesTable.DEFECT,
                          ImagesTable.LABEL,
                          ImagesTable.HEIGHT,
                          ImagesTable.WIDTH,
                          ImagesTable.PIXELS,
                          ImagesTable.MASK,
                          ImagesTable.CATEGORY)
                      .toJavaRDD()
                      .repartition(tasks)
                      .mapPartitions(task)));
    }
    try (Progress progress = context.progress("restore test images", total(tests), "images")) {
      progress.follow(done::value);
      return writer
          .stage(MapsTable.SPEC, context.spark().createDataFrame(all, schema))
          .commit(provenance, rate(clock, spark.sc().conf()).details());
    } finally {
      sources.forEach(DetectorSource::destroy);
    }
  }

  private static InferenceRate rate(InferenceTimer clock, SparkConf conf) {
    return new InferenceRate(
        clock.imagesPerSecond(), conf.getInt("spark.task.cpus", 1), GpuStages.available(conf));
  }
}
