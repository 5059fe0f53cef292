package org.fairspark.job.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.FairConfig;
import org.fairspark.config.ScoreConfig;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.dataset.ManifestAnnotations;
import org.fairspark.detect.Frame;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.files.TreeRoot;
import org.fairspark.inference.DetectingGpus;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobPlan;
import org.fairspark.runtime.Progress;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.spark.SparkMetrics;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Versions;
import org.fairspark.store.model.PixelSource;
import org.fairspark.store.table.ScoreRunRecord;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.text.HumanUnits;

/** One run of {@code score}: lists, scores in batches, sums up. */
public final class ScoreRun implements JobPlan {
  private static final DateTimeFormatter NAMES =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JobContext context;
  private final FairConfig config;
  private final int small;
  private final OutputRoot root;
  private final ScoresStore store;
  private final ScoringModels folder;
  private final SortedMap<String, ScoringModel> models;
  private final String dataRoot;
  private final DetectingGpus gpus;

  private ScoreRun(
      JobContext context, int small, OutputRoot root, ScoringModels folder, String dataRoot) {
    this.context = context;
    this.config = context.config();
    this.small = small;
    this.root = root;
    this.store = new ScoresStore(root);
    this.folder = folder;
    this.models = folder.scoring(config.score(), config.evaluation().batchSize());
    this.dataRoot = dataRoot;
    this.gpus =
        DetectingGpus.of(config.inference(), config.score().engine(), context.lazySpark().conf());
  }

  /**
   * Looks at data, models and output; nothing is written.
   *
   * @param small the most images that are planned and summed up on the driver
   * @throws FairException if they cannot be used
   */
  static ScoreRun prepare(JobContext context, int small) {
    OutputRoot root = context.root();
    String dataRoot =
        TreeRoot.resolve(context.hadoop(), "data.root", context.config().data().root());
    root.requireApartFrom(dataRoot);
    ScoringModels folder = ScoringModels.find(context.hadoop(), context.config().score());
    return new ScoreRun(context, small, root, folder, dataRoot);
  }

  private ScorePlan makePlan() throws Exception {
    return context.step(
        "list " + dataRoot,
        () ->
            ScorePlan.make(
                context, store, models, folder.rule(config.score(), dataRoot), dataRoot, small));
  }

  @Override
  public List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>();
    folder
        .trained()
        .forEach(
            (name, metadata) ->
                lines.add(
                    "%-20s %s%s"
                        .formatted(
                            name, metadata.calibration().describe(), depth(metadata.manifest()))));
    for (ScoringModel model : models.values()) {
      wholeThresholds(model).ifPresent(lines::add);
      tiles(model).ifPresent(lines::add);
    }
    gpus.line().ifPresent(lines::add);
    try (ScorePlan plan = makePlan()) {
      lines.addAll(files(plan));
      lines.add(
          "%d images: %d to %s, %d up to date; %d gone since they were scored"
              .formatted(
                  plan.listed().images(),
                  plan.open().images(),
                  config.score().changes() == ScoreConfig.Changes.CONTENT
                      ? "read, and to score where they changed"
                      : "score",
                  plan.upToDate(),
                  plan.removed()));
      long commits =
          (plan.open().rows() + config.score().commitImages() - 1) / config.score().commitImages();
      lines.add(
          "%d commit(s) of at most %d images".formatted(commits, config.score().commitImages()));
    }
    return lines;
  }

  @Override
  public Optional<MemoryPlan> memory() {
    return Optional.of(folder.largest(config, context.lazySpark().conf()));
  }

  private List<String> files(ScorePlan plan) {
    List<String> lines = new ArrayList<>();
    plan.table().map(TableListing::line).ifPresent(lines::add);
    lines.addAll(plan.account().lines());
    ScorePlan.Counted listed = plan.listed();
    if (listed.withoutModel() > 0) {
      lines.add(
          "%d image(s) are in no folder that a model is called after, such as %s: they count as"
              .concat(" unreadable; score.category%s names a model for all")
              .formatted(
                  listed.withoutModel(),
                  listed.exampleWithoutModel(),
                  models.size() == 1 ? "=" + models.firstKey() : ""));
    }
    long doubles = plan.doubles();
    if (doubles > 0) {
      lines.add(
          "%d image(s) have a name that stands earlier in their archive: they are NAME#2 and so on"
              .formatted(doubles));
    }
    return lines;
  }

  /** Returns what a model that sees images in tiles takes beside the plan's memory. */
  private static Optional<String> tiles(ScoringModel model) {
    boolean always = model.frame().fit() == Frame.Fit.TILES;
    return always || model.tile()
        ? Optional.of(
            "%s: %s are seen in tiles of %s; a task holds %s for every million pixels of one"
                .formatted(
                    model.category(),
                    always ? "images" : "larger images",
                    model.frame().size().both(),
                    HumanUnits.bytes(MemoryPlan.ofTiledImage(1_000_000))))
        : Optional.empty();
  }

  /** Returns what holds of a model of whole images that larger ones are cut into tiles for. */
  private static Optional<String> wholeThresholds(ScoringModel model) {
    return model.tile() && model.frame().fit() != Frame.Fit.TILES
        ? Optional.of(
            ("%s: images larger than %s are cut into tiles, and the thresholds are those of whole"
                    + " images of that size: expect more false alarms the more tiles an image has; a"
                    + " model trained with image.tiles=true has thresholds for tiles")
                .formatted(model.category(), model.frame().size().both()))
        : Optional.empty();
  }

  private static String depth(JsonNode manifest) {
    int offset = PixelSource.sampleOffset(manifest);
    return PixelSource.bitDepth(manifest).stream()
        .mapToObj("; 16-bit files are read as of %d bits"::formatted)
        .map(said -> offset == 0 ? said : said + ", after adding " + offset)
        .findFirst()
        .orElse("");
  }

  /**
   * Scores what is open, in batches, and sums up.
   *
   * @param held the context that holds the lock of the output root
   */
  ScoreResult execute(JobContext held) throws Exception {
    store.recover(context.spark(), held.lock());
    folder
        .trained()
        .values()
        .forEach(
            metadata -> {
              if (metadata.calibration().found().isEmpty()) {
                context
                    .terminal()
                    .warn(
                        "the model of %s is %s: its images get scores, but no decision"
                            .formatted(metadata.category(), metadata.calibration().describe()));
              }
            });
    models.values().forEach(model -> wholeThresholds(model).ifPresent(context.terminal()::info));
    try (ScorePlan plan = makePlan()) {
      if (plan.listed().rows() == 0) {
        throw FairException.refused(
            config.score().input().isPresent()
                ? "score.input names no images"
                : "there are no images in data.root\n" + String.join("\n", plan.account().lines()),
            config.score().input().orElse(dataRoot),
            "give a folder with images, or with tar, zip or sequence files (.seq) of images");
      }
      ScoreRunRecord begun = begin();
      files(plan).forEach(context.terminal()::info);
      gpus.line().ifPresent(context.terminal()::info);
      context
          .terminal()
          .info("%d images, %d up to date".formatted(plan.listed().images(), plan.upToDate()));
      ScoreRunRecord record = scoreAll(plan, begun, held);
      held.lock().requireHeld();
      return context.step("sum up", () -> sumUp(plan, record));
    }
  }

  /** Begins a new run, or goes on with one that was killed with the same settings. */
  private ScoreRunRecord begin() throws IOException {
    String settings =
        config.fingerprint("data", "score", "evaluation.batch-size", "image.max-pixels");
    Optional<ScoreRunRecord> killed =
        store
            .newestRun()
            .filter(last -> last.outcome().isEmpty() && last.settings().equals(settings));
    Instant started = killed.map(ScoreRunRecord::started).orElseGet(Instant::now);
    ScoreRunRecord record =
        new ScoreRunRecord(
            killed.map(ScoreRunRecord::run).orElseGet(() -> NAMES.format(started)),
            started,
            settings,
            dataRoot,
            Versions.all(),
            config.toMap(),
            Optional.empty(),
            Optional.empty());
    store.writeRun(record);
    if (killed.isPresent()) {
      context.terminal().info("going on with the run of " + started);
    }
    return record;
  }

  /** Returns what tables say of images beside their names; the list of images before others. */
  private Map<String, Annotations> annotations() {
    Map<String, Annotations> known =
        ManifestAnnotations.of(context.hadoop(), config.data(), dataRoot);
    config
        .score()
        .input()
        .ifPresent(
            input ->
                known.putAll(
                    ManifestAnnotations.of(context.hadoop(), "score.input", input, dataRoot)));
    return known;
  }

  private ScoreTask.Options taskSettings() {
    return new ScoreTask.Options(
        config.evaluation().batchSize(),
        config.score().readAttempts(),
        config.image().maxPixels(),
        config.score().changes() == ScoreConfig.Changes.CONTENT);
  }

  private ScoreRunRecord scoreAll(ScorePlan plan, ScoreRunRecord record, JobContext held)
      throws Exception {
    if (plan.open().rows() == 0) {
      return record;
    }
    ScoreTask.Counters counters = ScoreTask.Counters.of(context.spark().sparkContext());
    Instant began = Instant.now();
    try (Progress progress = context.progress("score", plan.open().rows(), "images");
        BatchStage stage =
            new BatchStage(
                held,
                store,
                folder,
                models,
                taskSettings(),
                counters,
                annotations(),
                record.run())) {
      progress.follow(counters.done()::value);
      Iterator<ScoreItem> items = plan.items();
      List<ScoreItem> batch = new ArrayList<>();
      int number = 1;
      while (items.hasNext()) {
        batch.add(items.next());
        if (batch.size() == config.score().commitImages() || !items.hasNext()) {
          held.lock().requireHeld();
          List<ScoreItem> whole = List.copyOf(batch);
          context.step(
              "score batch %d of %d images".formatted(number, whole.size()),
              () -> {
                stage.run(whole);
                return null;
              });
          batch.clear();
          number++;
        }
      }
    }
    counters.notes().forEach(context.terminal()::info);
    double seconds = java.time.Duration.between(began, Instant.now()).toMillis() / 1000.0;
    return record.with(
        new ScoreRunRecord.Scoring(seconds, counters.done().value(), counters.unchanged().value()));
  }

  private ScoreResult sumUp(ScorePlan plan, ScoreRunRecord record) throws Exception {
    try (ScoreSums sums = plan.sums(record.run(), config.score().top())) {
      ScoreSummary summary =
          new ScoreSummary(sums.tallies(), folder.trained(), config.score().driftTolerance());
      SparkMetrics.quarantined(summary.unreadable());
      SortedMap<String, List<ScoredImage>> highest = new TreeMap<>();
      summary.categories().forEach((name, tally) -> highest.put(name, tally.highest()));
      Map<String, List<String>> overlays =
          Overlays.write(
              JavaSparkContext.fromSparkContext(context.spark().sparkContext()),
              root,
              folder,
              models,
              config,
              taskSettings(),
              highest);
      for (ScoreList list : ScoreList.values()) {
        TopScores.write(root, list, sums.list(list));
      }
      store.writeRun(
          record.with(
              new ScoreRunRecord.RunSummary(
                  Instant.now(),
                  plan.listed().images(),
                  plan.upToDate(),
                  plan.removed(),
                  plan.account().toDetails(),
                  sums.changes(),
                  summary.driftNotes(),
                  summary.byCategory(overlays))));
      return result(plan, summary);
    }
  }

  private ScoreResult result(ScorePlan plan, ScoreSummary summary) {
    summary.driftNotes().forEach(context.terminal()::warn);
    long bad = summary.unreadable() + summary.unopened();
    long met = summary.images() + summary.unopened();
    double maxRatio = config.badRecords().maxRatio();
    return new ScoreResult(
        ExitStatus.withBadRecords(bad, met, maxRatio),
        ExitStatus.whyTooMany(bad, met, maxRatio),
        summary,
        plan.open().images(),
        plan.account(),
        root);
  }
}
