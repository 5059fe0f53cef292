package org.fairspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.StatedChange;
import org.fairspark.dataset.Split;
import org.fairspark.detect.Extra;
import org.fairspark.detect.Frame;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.inference.DetectingGpus;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.EngineChoice;
import org.fairspark.inference.EvaluationScore;
import org.fairspark.inference.InferenceTimer;
import org.fairspark.inference.Inspections;
import org.fairspark.inspection.Inspection;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.SliceResult;
import org.fairspark.metrics.Slices;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.ExpectedImages;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.spark.device.GpuStages;
import org.fairspark.spark.device.TaskCores;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.metrics.EvaluationResults;
import org.fairspark.store.metrics.FrequencyFile;
import org.fairspark.store.metrics.InferenceRate;
import org.fairspark.store.metrics.MetricConventions;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.model.InspectionJson;
import org.fairspark.store.model.ModelStore;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.DefectAreas;
import org.fairspark.store.table.ImageCoverage;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableWriter;

/**
 * The job {@code evaluate}: restores the test images with each category's model and measures how
 * well anomalies stand out.
 *
 * <h2>Input</h2>
 *
 * {@code images/} and {@code models/CATEGORY/} under {@code output.root}.
 *
 * <h2>Output</h2>
 *
 * {@code maps/} (a row per test image), {@code metrics/metrics.json}, {@code metrics/metrics.csv},
 * {@code metrics/slices.csv} and {@code metrics/frequencies.json}.
 *
 * <h2>Example</h2>
 *
 * <pre>./submit.sh evaluate --set output.root=/data/out</pre>
 */
public final class EvaluateJob implements Job<EvaluatePlan, EvaluateResult> {
  /** Raised where more is measured, so that metrics of before are measured again from maps. */
  private static final int METRICS = 2;

  @Override
  public EvaluatePlan plan(JobContext context) {
    FairConfig config = context.config();
    EngineChoice choice =
        EngineChoice.of(config.evaluation().engine(), config.detection().networkSpec());
    return new EvaluatePlan(
        config,
        context
            .expected()
            .map(ExpectedImages::test)
            .orElseGet(() -> Inputs.open(context, choice.engine()).tests()),
        choice,
        DetectingGpus.of(
            config.inference(),
            config.evaluation().engine(),
            context.spark().sparkContext().conf()),
        MemoryPlan.ofDetecting(
            config,
            config.detectionMethod(),
            choice.engine(),
            ClusterShape.of(context.spark().sparkContext()).tasksPerExecutor()));
  }

  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    return MemoryPlan.ofDetecting(
        config, config.detectionMethod(), config.evaluation().engine(), conf);
  }

  @Override
  public EvaluateResult execute(JobContext context, EvaluatePlan plan) throws Exception {
    FairConfig config = context.config();
    OutputRoot root = context.root();
    plan.choice().instead().ifPresent(context.terminal()::warn);
    plan.gpus().line().ifPresent(context.terminal()::info);
    Inputs inputs = Inputs.open(context, plan.choice().engine());
    Optional<Table> existing = TableWriter.existing(root, MapsTable.SPEC, inputs.provenance());
    SortedMap<String, CalibratedLevels> levels =
        CalibratedLevels.of(config, root, inputs.tests().keySet());
    Provenance provenance = measuredBy(inputs.provenance(), levels, config);
    MetricsFile file = new MetricsFile(root);
    List<String> notes = PreparedTables.notes(inputs.images().manifest());
    Optional<EvaluationResults> measuredBefore = existing.flatMap(maps -> file.find(provenance));
    if (measuredBefore.isPresent()) {
      context.terminal().info("evaluate: maps and metrics are up to date, nothing to do");
      return new EvaluateResult(measuredBefore.get(), notes);
    }
    Table maps =
        existing.isPresent()
            ? existing.get()
            : context.step(
                "restore %d test images".formatted(plan.total()),
                () -> makeMaps(context, inputs, plan));
    SortedMap<String, MapMetrics> measured =
        context.step(
            "metrics from maps",
            () ->
                MapMetrics.of(
                    maps.dataset(context.spark()).toJavaRDD(), config.evaluation(), levels));
    SortedMap<String, CategoryResult> found = MapMetrics.results(measured, levels);
    if (!config.robustness().changes().isEmpty()) {
      SortedMap<String, Slices> changed =
          context.step(
              "test images under %d changes".formatted(config.robustness().changes().size()),
              () -> underChanges(context, inputs, plan, levels));
      found.replaceAll((category, result) -> result.under(changed.get(category)));
    }
    EvaluationResults results =
        new EvaluationResults(
            found,
            inputs.leftOut(),
            MetricConventions.of(config.evaluation()),
            InferenceRate.of(maps.manifest()),
            provenance.fingerprint());
    coverage(context, inputs, maps)
        .forEach(
            (name, unlike) -> unlike.forEach(note -> context.terminal().warn(name + ": " + note)));
    new FrequencyFile(root).write(MapMetrics.frequencies(measured), provenance);
    file.write(results, notes);
    return new EvaluateResult(results, notes);
  }

  /**
   * The images and models that are evaluated.
   *
   * @param tests test images by category
   * @param leftOut categories without a model, with the reason
   */
  private record Inputs(
      Table images,
      SortedMap<String, Long> tests,
      SortedMap<String, String> leftOut,
      Provenance provenance) {

    /**
     * Opens them.
     *
     * @throws org.fairspark.failure.FairException if images or a model are not there
     */
    static Inputs open(JobContext context, InferenceEngine engine) {
      FairConfig config = context.config();
      OutputRoot root = context.root();
      Table images = PreparedTables.images(root, config);
      SortedMap<String, Long> tests = PreparedTables.rows(images, config, Split.TEST);
      SortedMap<String, String> leftOut = PreparedTables.untrainable(images, config);
      tests.keySet().removeAll(leftOut.keySet());
      return new Inputs(
          images,
          tests,
          leftOut,
          EvaluateJob.provenance(config, root, images, tests.keySet(), engine));
    }
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
    if (config.evaluation().scoresNeedCalibration()) {
      for (String category : categories) {
        provenance =
            provenance.with(
                "score " + category, EvaluationScore.of(config, root, category).identity());
      }
    }
    for (String category : categories) {
      Inspection inspection = Inspections.ofModel(config, root, category);
      if (!inspection.equals(Inspection.WHOLE)) {
        provenance = provenance.with("inspection " + category, InspectionJson.tree(inspection));
      }
    }
    for (MethodNetwork network : config.detectionMethod().networks(config.detection())) {
      for (String category : categories) {
        provenance =
            provenance.with(
                network.name() + " " + category, ModelStore.of(root, network, category).id());
      }
    }
    if (config.detectionMethod().needsBackbone()) {
      for (String category : categories) {
        provenance = provenance.with("model " + category, new ModelStore(root, category).id());
      }
    }
    return provenance;
  }

  /** Returns what of the normal test images is unlike what the models learnt, by category. */
  private static Map<String, List<String>> coverage(JobContext context, Inputs inputs, Table maps) {
    FairConfig config = context.config();
    Map<String, List<String>> notes = ImageCoverage.notes(context.spark(), inputs.images());
    notes.keySet().retainAll(inputs.tests().keySet());
    if (config.detectionMethod().equals(config.scoringMethod())
        && !config.detectionMethod().networks(config.detection()).isEmpty()) {
      MapCoverage.addNotes(context.spark(), context.root(), maps, inputs.tests().keySet(), notes);
    }
    return notes;
  }

  private static Table makeMaps(JobContext context, Inputs inputs, EvaluatePlan plan)
      throws Exception {
    InferenceEngine engine = plan.choice().engine();
    OutputRoot root = context.root();
    FairConfig config = context.config();
    Method method = config.detectionMethod();
    Frame frame = config.image().frame();
    // A tile's reconstruction is none of the image.
    List<Extra> extras = frame.fit() == Frame.Fit.TILES ? List.of() : method.extras();
    StructType schema = MapsTable.schema(frame.keptAlike(), extras);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    LongAccumulator done = spark.sc().longAccumulator("test images restored");
    InferenceTimer clock = InferenceTimer.of(spark.sc());
    Dataset<Row> rows = inputs.images().dataset(context.spark());
    JavaRDD<Row> all = spark.emptyRDD();
    List<DetectorSource> sources = new ArrayList<>();
    for (var entry : inputs.tests().entrySet()) {
      DetectorSource source = source(spark, config, engine, root, entry.getKey());
      sources.add(source);
      DetectionTask task =
          new DetectionTask(
              source,
              new MapRows(extras),
              config.detection().imagesAtATime(),
              TaskCores.of(spark.sc().conf()),
              done,
              clock);
      all =
          all.union(
              GpuStages.detecting(
                  testRows(rows, entry.getKey())
                      .repartition(EvaluatePlan.tasks(entry.getValue()))
                      .mapPartitions(task),
                  config.inference().shareGpus()));
    }
    try (Progress progress = context.progress("restore test images", plan.total(), "images")) {
      progress.follow(done::value);
      return context
          .tables()
          .stage(MapsTable.SPEC, context.spark().createDataFrame(all, schema))
          .commit(inputs.provenance(), rate(clock, spark.sc().conf()).details());
    } finally {
      sources.forEach(DetectorSource::destroy);
    }
  }

  /** Returns what the metrics are made from, beside the maps. */
  private static Provenance measuredBy(
      Provenance maps, SortedMap<String, CalibratedLevels> levels, FairConfig config) {
    Provenance measured =
        maps.with("metrics", METRICS).with("levels", CalibratedLevels.identity(levels));
    List<String> changes = config.robustness().changes();
    return changes.isEmpty() ? measured : measured.with("changes", changes);
  }

  /** Measures the test images under every stated change, at the thresholds as they are. */
  private static SortedMap<String, Slices> underChanges(
      JobContext context,
      Inputs inputs,
      EvaluatePlan plan,
      SortedMap<String, CalibratedLevels> levels)
      throws Exception {
    FairConfig config = context.config();
    List<StatedChange> changes =
        config.robustness().changes().stream().map(StatedChange::of).toList();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    LongAccumulator done = spark.sc().longAccumulator("changed test images");
    Dataset<Row> rows = inputs.images().dataset(context.spark());
    SortedMap<String, Slices> measured = new TreeMap<>();
    try (Progress progress =
        context.progress("changed test images", plan.total() * changes.size(), "images")) {
      progress.follow(done::value);
      for (var entry : inputs.tests().entrySet()) {
        DetectorSource source =
            source(spark, config, plan.choice().engine(), context.root(), entry.getKey());
        JavaRDD<Row> tests =
            testRows(rows, entry.getKey()).repartition(EvaluatePlan.tasks(entry.getValue()));
        SortedMap<String, SliceResult> byChange = new TreeMap<>();
        for (StatedChange change : changes) {
          ChangedTask task =
              new ChangedTask(
                  source,
                  change,
                  config.seed(),
                  config.evaluation().maskConvention(),
                  config.evaluation().fprLimit(),
                  levels.get(entry.getKey()).levels().orElse(null),
                  config.detection().imagesAtATime(),
                  TaskCores.of(spark.sc().conf()),
                  done);
          byChange.put(
              change.word(),
              GpuStages.detecting(tests.mapPartitions(task), config.inference().shareGpus())
                  .reduce(CategoryMetrics::merge)
                  .result()
                  .slice());
        }
        measured.put(entry.getKey(), new Slices(byChange, ""));
        source.destroy();
      }
    }
    return measured;
  }

  private static DetectorSource source(
      JavaSparkContext spark,
      FairConfig config,
      InferenceEngine engine,
      OutputRoot root,
      String category) {
    return DetectorSource.broadcast(
            spark, config.detectionMethod(), config.detection(), engine, root, category)
        .inspecting(Inspections.ofModel(config, root, category))
        .scoredBy(spark, EvaluationScore.of(config, root, category).scorer());
  }

  private static JavaRDD<Row> testRows(Dataset<Row> images, String category) {
    return images
        .where(functions.col(ImagesTable.CATEGORY).equalTo(category))
        .where(functions.col(ImagesTable.SPLIT).equalTo(Split.TEST.label()))
        .select(mapped(images))
        .toJavaRDD();
  }

  /** Returns the columns of images that their maps' rows are made from. */
  private static Column[] mapped(Dataset<Row> images) {
    Stream<String> always =
        Stream.of(
            ImagesTable.IMAGE_ID,
            ImagesTable.DEFECT,
            ImagesTable.LABEL,
            ImagesTable.HEIGHT,
            ImagesTable.WIDTH,
            ImagesTable.PIXELS,
            ImagesTable.MASK,
            ImagesTable.CATEGORY);
    Stream<String> known =
        Stream.concat(
            AnnotationColumns.in(images.columns()).stream(),
            DefectAreas.in(images.columns()).stream());
    return Stream.concat(always, known).map(functions::col).toArray(Column[]::new);
  }

  private static InferenceRate rate(InferenceTimer clock, SparkConf conf) {
    return new InferenceRate(
        clock.imagesPerSecond(), TaskCores.of(conf), GpuStages.available(conf));
  }
}
