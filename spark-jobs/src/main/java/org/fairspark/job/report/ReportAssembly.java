package org.fairspark.job.report;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.failure.FairException;
import org.fairspark.inference.CalibratedLevels;
import org.fairspark.inference.EvaluatedModels;
import org.fairspark.network.InferenceEngine;
import org.fairspark.report.ReportModel;
import org.fairspark.report.SpecimenChoice.Candidate;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.RunManifest;
import org.fairspark.store.metrics.CategoryFrequencies;
import org.fairspark.store.metrics.EvaluationResults;
import org.fairspark.store.metrics.FrequencyFile;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.table.ImageCoverage;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.QuarantineTable;
import org.fairspark.store.table.Table;

/** The gathering of a report from the finished tables, metrics and models of an output root. */
final class ReportAssembly {
  private static final int BAD_FILES = 200;

  private final JobContext context;
  private final OutputRoot root;
  private final FairConfig config;
  private final EvaluationResults results;
  private final Table images;
  private final Table maps;
  private final EvaluatedModels models;

  private ReportAssembly(JobContext context, OutputRoot root) {
    this.context = context;
    this.root = root;
    this.results =
        new MetricsFile(root)
            .read()
            .orElseThrow(
                () ->
                    FairException.refused(
                        "there are no metrics to report",
                        root.path("metrics").toString(),
                        "run evaluate first, or check output.root"));
    this.images = Table.open(root, ImagesTable.SPEC);
    this.maps = Table.open(root, MapsTable.SPEC);
    RecordedSettings recorded =
        RecordedSettings.of(context.config(), root, images.manifest(), maps.manifest(), results);
    recorded.line().ifPresent(line -> context.terminal().info("report: " + line));
    this.config = recorded.config();
    this.models = EvaluatedModels.open(root, config, results.categories().keySet());
  }

  static ReportModel assemble(JobContext context, OutputRoot root) throws IOException {
    return new ReportAssembly(context, root).model();
  }

  /**
   * Refuses maps and metrics of before the images or models that are there now.
   *
   * @throws FairException naming what differs
   */
  private void requireCurrent() {
    Map<String, String> there = maps.manifest().provenance();
    List<String> old = new ArrayList<>();
    models
        .settings()
        .forEach(
            (category, own) -> {
              if (models.isCalibratedForOtherScores(category)) {
                old.add("scores of " + category);
              }
            });
    if (old.isEmpty()) {
      Provenance now =
          models.maps(
              images.manifest().fingerprint(),
              InferenceEngine.valueOf(there.get("evaluation.engine").toUpperCase(Locale.ROOT)));
      old.addAll(Provenance.of(there).differing(now));
    }
    SortedMap<String, CalibratedLevels> levels = models.levels();
    results
        .categories()
        .forEach(
            (category, result) -> {
              if (!CategoryAssembly.levels(result).equals(levels.get(category).levels())) {
                old.add("thresholds of " + category);
              }
            });
    if (!old.isEmpty()) {
      throw FairException.refused(
          "maps/ and metrics/ are of before the images and models that are there now: other "
              + String.join(", ", old),
          root.path("metrics").toString(),
          "run evaluate, with the settings of the last train: it makes them again");
    }
  }

  private ReportModel model() throws IOException {
    requireCurrent();
    Map<String, List<Candidate>> scored = scoredImages();
    Map<String, Long> trainImages = PreparedTables.rows(images, config, Split.TRAIN);
    Map<String, Long> calibrationImages = PreparedTables.rows(images, config, Split.CALIBRATION);
    Gallery gallery = new Gallery(context, models, images);
    SortedMap<String, CategoryFrequencies> frequencies = new FrequencyFile(root).read();
    CategoryAssembly assembly = new CategoryAssembly(root, config, models);
    SortedMap<String, List<String>> coverage = ImageCoverage.notes(context.spark(), images);
    List<ReportModel.EvaluatedCategory> categories = new ArrayList<>();
    results
        .categories()
        .forEach(
            (name, result) -> {
              List<Candidate> candidates = scored.getOrDefault(name, List.of());
              categories.add(
                  assembly.category(
                      name,
                      result,
                      candidates,
                      trainImages.getOrDefault(name, 0L),
                      calibrationImages.getOrDefault(name, 0L) > 0,
                      Optional.ofNullable(frequencies.get(name)),
                      coverage.getOrDefault(name, List.of()),
                      gallery.specimens(name, candidates, CategoryAssembly.levels(result))));
            });
    return new ReportModel(
        run(),
        categories,
        quarantine(),
        new FilterComparison(context.spark(), config).study(images));
  }

  private Map<String, List<Candidate>> scoredImages() {
    return maps
        .dataset(context.spark())
        .select(
            MapsTable.CATEGORY,
            MapsTable.IMAGE_ID,
            MapsTable.DEFECT,
            MapsTable.LABEL,
            MapsTable.SCORE)
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(0),
                TreeMap::new,
                Collectors.mapping(ReportAssembly::candidate, Collectors.toList())));
  }

  private static Candidate candidate(Row row) {
    return new Candidate(
        row.getAs(MapsTable.IMAGE_ID),
        row.getAs(MapsTable.DEFECT),
        row.<Integer>getAs(MapsTable.LABEL) == 1,
        row.<Float>getAs(MapsTable.SCORE));
  }

  private ReportModel.Run run() throws IOException {
    Optional<RunManifest.Execution> execution = RunManifest.read(root);
    Instant finished = execution.map(RunManifest.Execution::finished).orElseGet(Instant::now);
    Instant started = execution.map(RunManifest.Execution::started).orElse(finished);
    return new RunDescription(config, root.path().getName(), images.manifest())
        .run(execution, results.conventions(), notes(), started, finished);
  }

  private List<String> notes() {
    Stream<String> idle =
        config.image().tiles()
            ? Stream.empty()
            : config.robustness().idleAt(config.image().size()).map(note -> note + ".").stream();
    return Stream.concat(
            results.leftOut().entrySet().stream()
                .map(left -> "%s is left out: %s".formatted(left.getKey(), left.getValue())),
            idle)
        .toList();
  }

  private ReportModel.Quarantine quarantine() {
    Optional<Table> table = Table.find(root, QuarantineTable.SPEC);
    if (table.isEmpty() || table.get().manifest().rows() == 0) {
      return ReportModel.Quarantine.none();
    }
    List<ReportModel.UnreadableFile> files = new ArrayList<>();
    for (Row row :
        table.get().dataset(context.spark()).orderBy("path").limit(BAD_FILES).collectAsList()) {
      files.add(
          new ReportModel.UnreadableFile(
              row.getAs("path"),
              row.<Long>getAs("size"),
              row.getAs("reason"),
              row.getAs("message")));
    }
    return new ReportModel.Quarantine(table.get().manifest().rows(), files);
  }
}
