package org.fairspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
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
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.StatedChange;
import org.fairspark.dataset.Split;
import org.fairspark.detect.Extra;
import org.fairspark.detect.Frame;
import org.fairspark.detect.Method;
import org.fairspark.failure.FairException;
import org.fairspark.inference.CalibratedLevels;
import org.fairspark.inference.DetectingGpus;
import org.fairspark.inference.DetectorSource;
import org.fairspark.inference.EngineChoice;
import org.fairspark.inference.EvaluatedModels;
import org.fairspark.inference.InferenceTimer;
import org.fairspark.inference.Inspections;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.SliceResult;
import org.fairspark.metrics.Slices;
import org.fairspark.network.InferenceEngine;
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
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.DefectAreas;
import org.fairspark.store.table.ImageCoverage;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.OwnMasks;
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
  private static final int METRICS = 3;

  @Override
  public EvaluatePlan plan(JobContext context) {
    FairConfig asked = context.config();
    if (context.expected().isPresent()) {
      EngineChoice choice =
          EngineChoice.of(asked.evaluation().engine(), asked.detection().networkSpec());
      return plan(context, asked, context.expected().get().test(), choice, List.of());
    }
    Inputs inputs = Inputs.open(context);
    EngineChoice choice = inputs.models().engine();
    List<String> state = new ArrayList<>();
    inputs.models().line().ifPresent(state::add);
    state.add(Work.of(context, inputs, choice.engine()).line());
    return plan(context, inputs.models().config(), inputs.tests(), choice, state);
  }

  private static EvaluatePlan plan(
      JobContext context,
      FairConfig config,
      SortedMap<String, Long> tests,
      EngineChoice choice,
      List<String> state) {
    return new EvaluatePlan(
        config,
        tests,
        choice,
        DetectingGpus.of(
            config.inference(),
            config.evaluation().engine(),
            context.spark().sparkContext().conf()),
        MemoryPlan.ofDetecting(
            config,
            config.detectionMethod(),
            choice.engine(),
            ClusterShape.of(context.spark().sparkContext()).tasksPerExecutor()),
        state);
  }

  @Override
  public MemoryPlan memory(FairConfig config, SparkConf conf) {
    return MemoryPlan.ofDetecting(
        config, config.detectionMethod(), config.evaluation().engine(), conf);
  }

  @Override
  public EvaluateResult execute(JobContext context, EvaluatePlan plan) throws Exception {
    OutputRoot root = context.root();
    InferenceEngine engine = plan.choice().engine();
    plan.choice().instead().ifPresent(context.terminal()::warn);
    plan.gpus().line().ifPresent(context.terminal()::info);
    Inputs inputs = Inputs.open(context);
    FairConfig config = inputs.models().config();
    EvaluatePlan.idleChanges(config).ifPresent(context.terminal()::warn);
    Work work = Work.of(context, inputs, engine);
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
      EvaluatedModels models) {

    /**
     * Opens them.
     *
     * @throws FairException if images or a model are not there, or a model was calibrated with
     *     another inspection than is asked for
     */
    static Inputs open(JobContext context) {
      FairConfig config = context.config();
      OutputRoot root = context.root();
      Table images = PreparedTables.images(root, config);
      SortedMap<String, Long> tests = PreparedTables.rows(images, config, Split.TEST);
      SortedMap<String, String> leftOut = PreparedTables.untrainable(images, config);
      tests.keySet().removeAll(leftOut.keySet());
      EvaluatedModels models = EvaluatedModels.open(root, config, tests.keySet());
      models.settings().forEach((category, own) -> Inspections.ofModel(own, root, category));
      return new Inputs(images, tests, leftOut, models);
    }
  }

  /**
   * The work that is left: what of maps and metrics is there.
   *
   * @param maps what the maps are to be made from
   * @param upToDate the maps, where they are there as wanted
   * @param differences of maps that are there and are to be made again
   * @param levels that decide
   * @param measured what the metrics are to be made from
   * @param results the metrics, where they are there as wanted
   */
  private record Work(
      Provenance maps,
      Optional<Table> upToDate,
      List<String> differences,
      SortedMap<String, CalibratedLevels> levels,
      Provenance measured,
      Optional<EvaluationResults> results) {
    /** Characters of a difference that are told: some are whole files. */
    private static final int TOLD = 120;

    /**
     * Looks at the output.
     *
     * @throws FairException if making the maps again would lose those of other categories
     */
    static Work of(JobContext context, Inputs inputs, InferenceEngine engine) {
      OutputRoot root = context.root();
      Provenance maps = inputs.models().maps(inputs.images().manifest().fingerprint(), engine);
      SortedMap<String, CalibratedLevels> levels = inputs.models().levels();
      Provenance measured = measuredBy(maps, levels, context.config());
      List<String> differences = TableWriter.differences(root, MapsTable.SPEC, maps);
      if (!differences.isEmpty()) {
        requireNoneLost(context.config(), Table.open(root, MapsTable.SPEC));
        return new Work(maps, Optional.empty(), differences, levels, measured, Optional.empty());
      }
      Optional<Table> there = TableWriter.existing(root, MapsTable.SPEC, maps);
      return new Work(
          maps,
          there,
          differences,
          levels,
          measured,
          there.flatMap(table -> new MetricsFile(root).find(measured)));
    }

    /** Making maps of some categories again must not remove those of others. */
    private static void requireNoneLost(FairConfig config, Table maps) {
      List<String> asked = config.data().categories();
      Set<String> lost = new TreeSet<>();
      maps.manifest().counts().forEach(part -> lost.add(part.values().get(MapsTable.CATEGORY)));
      asked.forEach(lost::remove);
      if (!asked.isEmpty() && !lost.isEmpty()) {
        throw FairException.refused(
            "maps/ and metrics/ are of %s, too, which would be lost by evaluating %s alone"
                .formatted(String.join(", ", lost), String.join(", ", asked)),
            maps.path().toString(),
            "set data.categories=all, or give another output.root, or remove that folder");
      }
    }

    /** Returns one human-readable line. */
    String line() {
      if (results.isPresent()) {
        return "maps and metrics are up to date, nothing to do";
      }
      if (upToDate.isPresent()) {
        return "maps/ is up to date, metrics are measured from it";
      }
      return differences.isEmpty()
          ? "maps/ and metrics/ are made"
          : "maps/ and metrics/ of before are made again, and replaced: "
              + String.join("; ", differences.stream().map(Work::told).toList());
    }

    /** A setting that a table does not name had no effect: it was as by default. */
    private static String told(String line) {
      String key = line.replaceFirst(":.*", "");
      String byDefault = ConfigLoader.defaults().toFlatMap().getOrDefault(key, "nothing");
      String difference =
          line.replace(": there nothing,", ": there " + byDefault + ",")
              .replaceFirst("now nothing$", Matcher.quoteReplacement("now " + byDefault));
      return difference.length() <= TOLD ? difference : difference.substring(0, TOLD) + "...";
    }
  }

  /** Returns what of the normal test images is unlike what the models learnt, by category. */
  private static Map<String, List<String>> coverage(JobContext context, Inputs inputs, Table maps) {
    FairConfig config = inputs.models().config();
    Map<String, List<String>> notes = ImageCoverage.notes(context.spark(), inputs.images());
    notes.keySet().retainAll(inputs.tests().keySet());
    if (config.detectionMethod().equals(config.scoringMethod())
        && !config.detectionMethod().networks(config.detection()).isEmpty()) {
      MapCoverage.addNotes(context.spark(), context.root(), maps, inputs.tests().keySet(), notes);
    }
    return notes;
  }

  private static Table makeMaps(JobContext context, Inputs inputs, EvaluatePlan plan, Work work)
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
    try (Progress progress = context.progress("restore test images", plan.total(), "images")) {
      progress.follow(done::value);
      return context
          .tables()
          .stage(MapsTable.SPEC, context.spark().createDataFrame(all, schema))
          .replace(work.maps(), rate(clock, spark.sc().conf()).details());
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
