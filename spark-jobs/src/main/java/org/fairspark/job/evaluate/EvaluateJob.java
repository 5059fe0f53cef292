package org.fairspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.fairspark.inference.CalibratedLevels;
import org.fairspark.inference.DetectingGpus;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.EngineChoice;
import org.fairspark.inference.InferenceTimer;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.OwnSize;
import org.fairspark.metrics.SliceResult;
import org.fairspark.metrics.Slices;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.MemoryLimits;
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
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.DefectAreas;
import org.fairspark.store.table.ImageCoverage;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.OwnMasks;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.Table;

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
  @Override
  public EvaluatePlan plan(JobContext context) {
    FairConfig asked = context.config();
    if (context.expected().isPresent()) {
      EngineChoice choice =
          EngineChoice.of(asked.evaluation().engine(), asked.detection().networkSpec());
      List<String> outlook = EvaluationWork.outlook(context.root()).stream().toList();
      return plan(context, asked, context.expected().get().test(), choice, outlook);
    }
    EvaluationInputs inputs = EvaluationInputs.open(context);
    EngineChoice choice = inputs.models().engine();
    List<String> state = new ArrayList<>();
    inputs.models().line().ifPresent(state::add);
    state.add(EvaluationWork.of(context, inputs, choice.engine()).line());
    return plan(context, inputs.models().config(), inputs.tests(), choice, state);
  }

  private static EvaluatePlan plan(
      JobContext context,
      FairConfig config,
      SortedMap<String, Long> tests,
      EngineChoice choice,
      List<String> state) {
    int together = context.lazySpark().shape().tasksPerExecutor();
    return new EvaluatePlan(
        config,
        tests,
        choice,
        DetectingGpus.of(
            config.inference(), config.evaluation().engine(), context.lazySpark().conf()),
        MemoryPlan.ofDetecting(config, config.detectionMethod(), choice.engine(), together)
            .withHeap(together * OwnSize.MOST_BYTES),
        state);
  }

  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    return MemoryPlan.ofDetecting(
            config, config.detectionMethod(), config.evaluation().engine(), conf)
        .withHeap(MemoryLimits.tasksTogether(conf) * OwnSize.MOST_BYTES);
  }

  @Override
  public EvaluateResult execute(JobContext context, EvaluatePlan plan) throws Exception {
    OutputRoot root = context.root();
    InferenceEngine engine = plan.choice().engine();
    plan.choice().instead().ifPresent(context.terminal()::warn);
    plan.gpus().line().ifPresent(context.terminal()::info);
    EvaluationInputs inputs = EvaluationInputs.open(context);
    FairConfig config = inputs.models().config();
    EvaluatePlan.idleChanges(config).ifPresent(context.terminal()::warn);
    EvaluationWork work = EvaluationWork.of(context, inputs, engine);
    SortedMap<String, CalibratedLevels> levels = work.levels();
    Provenance provenance = work.measured();
    List<String> notes = PreparedTables.notes(inputs.images().manifest());
    inputs.models().line().ifPresent(line -> context.terminal().info("evaluate: " + line));
    if (work.upToDate().isPresent() || !work.differences().isEmpty()) {
      context.terminal().info("evaluate: " + work.line());
    }
    levels.forEach(
        (category, own) -> {
          if (own.isOfOtherMaps()) {
            context
                .terminal()
                .warn("%s: nothing is decided, since %s".formatted(category, own.because()));
          }
        });
    if (work.results().isPresent()) {
      return new EvaluateResult(work.results().get(), notes);
    }
    Table maps =
        work.upToDate().isPresent()
            ? work.upToDate().get()
            : context.step(
                "restore %d test images".formatted(plan.total()),
                () -> makeMaps(context, inputs, plan, work));
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
    new MetricsFile(root).write(results, notes);
    return new EvaluateResult(results, notes);
  }

  /** Returns what of the normal test images is unlike what the models learnt, by category. */
  private static Map<String, List<String>> coverage(
      JobContext context, EvaluationInputs inputs, Table maps) {
    FairConfig config = inputs.models().config();
    Map<String, List<String>> notes = ImageCoverage.notes(context.spark(), inputs.images());
    notes.keySet().retainAll(inputs.tests().keySet());
    if (config.detectionMethod().equals(config.scoringMethod())
        && !config.detectionMethod().networks(config.detection()).isEmpty()) {
      MapCoverage.addNotes(context.spark(), context.root(), maps, inputs.tests().keySet(), notes);
    }
    return notes;
  }

  private static Table makeMaps(
      JobContext context, EvaluationInputs inputs, EvaluatePlan plan, EvaluationWork work)
      throws Exception {
    InferenceEngine engine = plan.choice().engine();
    FairConfig config = inputs.models().config();
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
      DetectorSource source = inputs.models().source(spark, engine, entry.getKey());
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
    try (Progress progress = context.progress("score test images", plan.total(), "images")) {
      progress.follow(done::value);
      return context
          .tables()
          .stage(MapsTable.SPEC, context.spark().createDataFrame(all, schema))
          .replace(work.maps(), rate(clock, spark.sc().conf()).details());
    } finally {
      sources.forEach(DetectorSource::destroy);
    }
  }

  /** Measures the test images under every stated change, at the thresholds as they are. */
  private static SortedMap<String, Slices> underChanges(
      JobContext context,
      EvaluationInputs inputs,
      EvaluatePlan plan,
      SortedMap<String, CalibratedLevels> levels)
      throws Exception {
    FairConfig config = inputs.models().config();
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
            inputs.models().source(spark, plan.choice().engine(), entry.getKey());
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
            Stream.concat(
                DefectAreas.in(images.columns()).stream(), OwnMasks.in(images.columns()).stream()));
    return Stream.concat(always, known).map(functions::col).toArray(Column[]::new);
  }

  private static InferenceRate rate(InferenceTimer clock, SparkConf conf) {
    return new InferenceRate(
        clock.imagesPerSecond(), TaskCores.of(conf), GpuStages.available(conf));
  }
}
