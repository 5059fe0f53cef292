package org.fairspark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.Split;
import org.fairspark.job.training.EpochSummary;
import org.fairspark.job.training.ModelFolder;
import org.fairspark.report.Curve;
import org.fairspark.report.Histogram;
import org.fairspark.report.Measure;
import org.fairspark.report.ReportModel;
import org.fairspark.report.Specimen;
import org.fairspark.report.SpecimenChoice.Candidate;
import org.fairspark.table.ImagesTable;
import org.fairspark.table.MapsTable;
import org.fairspark.table.OutputRoot;
import org.fairspark.table.QuarantineTable;
import org.fairspark.table.Table;
import org.fairspark.table.TableManifest;

/** Gathers what the report shows from the finished tables, metrics and models of an output root. */
public final class ReportAssembly {
  private static final int HISTOGRAM_BINS = 30;
  private static final int BAD_FILES = 200;

  private final JobContext context;
  private final OutputRoot root;
  private final FairConfig config;

  private ReportAssembly(JobContext context, OutputRoot root) {
    this.context = context;
    this.root = root;
    this.config = context.config();
  }

  static ReportModel assemble(JobContext context, OutputRoot root) throws IOException {
    return new ReportAssembly(context, root).model();
  }

  private ReportModel model() throws IOException {
    JsonNode metrics = new MetricsFile(root).read();
    if (metrics == null) {
      throw JobException.refused(
          "there are no metrics to report",
          root.path("metrics").toString(),
          "run evaluate first, or check output.root");
    }
    Table images = Table.open(root, ImagesTable.SPEC);
    Table maps = Table.open(root, MapsTable.SPEC);
    Map<String, List<Candidate>> scored = scoredImages(maps);
    Map<String, Long> trainImages = Prepared.rows(images, config, Split.TRAIN);
    Gallery gallery = new Gallery(context, root, images);
    List<ReportModel.Category> categories = new ArrayList<>();
    var fields = metrics.get("categories").fields();
    while (fields.hasNext()) {
      var field = fields.next();
      List<Candidate> own = scored.getOrDefault(field.getKey(), List.of());
      categories.add(
          category(
              field.getKey(),
              field.getValue(),
              own,
              trainImages.getOrDefault(field.getKey(), 0L),
              gallery.specimens(field.getKey(), own)));
    }
    return new ReportModel(run(metrics, images), categories, quarantine());
  }

  private Map<String, List<Candidate>> scoredImages(Table maps) {
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

  private ReportModel.Category category(
      String name,
      JsonNode metrics,
      List<Candidate> scored,
      long trainImages,
      List<Specimen> gallery) {
    double[] normal = scores(scored, false);
    double[] anomalous = scores(scored, true);
    List<String> notes = new ArrayList<>();
    if (metrics.path("images_without_mask").asLong() > 0) {
      notes.add(
          metrics.get("images_without_mask").asLong()
              + " anomalous images have no mask; they count for image AUROC only.");
    }
    return new ReportModel.Category(
        name,
        trainImages,
        normal.length,
        anomalous.length,
        metrics.path("regions").asLong(),
        measure(metrics, "image_auroc", 1),
        measure(metrics, "pixel_auroc", 1),
        measure(metrics, "aupro", 1),
        measure(metrics, "normal_mse", 1e4),
        config.evaluation().fprLimit(),
        defects(metrics),
        roc(normal, anomalous),
        curve(metrics.path("pro")),
        scored.isEmpty()
            ? Optional.empty()
            : Optional.of(Histogram.of(normal, anomalous, HISTOGRAM_BINS)),
        OptionalDouble.empty(),
        loss(name),
        Optional.empty(),
        Optional.empty(),
        gallery,
        notes);
  }

  private static double[] scores(List<Candidate> scored, boolean anomalous) {
    return scored.stream()
        .filter(s -> s.anomalous() == anomalous)
        .mapToDouble(Candidate::score)
        .toArray();
  }

  private static Measure measure(JsonNode metrics, String field, double scale) {
    if (!metrics.path(field).isNumber()) {
      String reason = metrics.path(field + "_not_defined").asText("because it was not measured");
      return Measure.undefined(reason.replaceFirst("^because ", ""));
    }
    return Measure.of(
        metrics.get(field).asDouble() * scale,
        metrics.path("bounds").path(field).asDouble(0) * scale);
  }

  private static List<ReportModel.Defect> defects(JsonNode metrics) {
    List<ReportModel.Defect> defects = new ArrayList<>();
    metrics
        .path("defects")
        .fields()
        .forEachRemaining(
            e ->
                defects.add(
                    new ReportModel.Defect(
                        e.getKey(),
                        e.getValue().path("images").asLong(),
                        e.getValue().path("regions").asLong(),
                        measure(e.getValue(), "image_auroc", 1),
                        measure(e.getValue(), "pixel_auroc", 1),
                        measure(e.getValue(), "aupro", 1))));
    return defects;
  }

  private static Optional<Curve> roc(double[] normal, double[] anomalous) {
    return normal.length == 0 || anomalous.length == 0
        ? Optional.empty()
        : Optional.of(Curve.roc(normal, anomalous));
  }

  private static Optional<Curve> curve(JsonNode points) {
    if (points.size() < 2) {
      return Optional.empty();
    }
    double[] x = new double[points.size()];
    double[] y = new double[points.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = points.get(i).get(0).asDouble();
      y[i] = points.get(i).get(1).asDouble();
    }
    return Optional.of(Curve.of(x, y));
  }

  private Optional<ReportModel.Loss> loss(String category) {
    List<EpochSummary> epochs = new ModelFolder(root, category).loss();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    double[] x = epochs.stream().mapToDouble(e -> e.epoch() + 1).toArray();
    return Optional.of(
        new ReportModel.Loss(
            "epoch",
            List.of(
                new ReportModel.Series(
                    "total",
                    Curve.of(x, epochs.stream().mapToDouble(EpochSummary::loss).toArray())),
                new ReportModel.Series(
                    "l2", Curve.of(x, epochs.stream().mapToDouble(EpochSummary::l2).toArray())),
                new ReportModel.Series(
                    "SSIM",
                    Curve.of(x, epochs.stream().mapToDouble(EpochSummary::ssim).toArray())))));
  }

  private ReportModel.Run run(JsonNode metrics, Table images) throws IOException {
    JsonNode manifest = RunManifest.read(root).map(n -> n).orElse(MissingNode.getInstance());
    Instant finished = instant(manifest.path("finished").asText(""), Instant.now());
    return run(
        config,
        root.path().getName(),
        manifest,
        metrics.path("conventions"),
        images.manifest(),
        instant(manifest.path("started").asText(""), finished),
        finished);
  }

  /**
   * What ran, on what.
   *
   * @param manifest a run's manifest, for versions and timings; may be missing
   * @param conventions of the metrics
   * @param images the images' manifest
   */
  public static ReportModel.Run run(
      FairConfig config,
      String name,
      JsonNode manifest,
      JsonNode conventions,
      TableManifest images,
      Instant started,
      Instant finished) {
    List<ReportModel.Timing> timings = new ArrayList<>();
    manifest
        .path("seconds")
        .fields()
        .forEachRemaining(
            e ->
                timings.add(
                    new ReportModel.Timing(
                        e.getKey(),
                        Duration.ofMillis((long) (e.getValue().asDouble() * 1000)),
                        "")));
    List<ReportModel.Setting> settings = new ArrayList<>();
    config
        .toFlatMap()
        .forEach((key, value) -> settings.add(new ReportModel.Setting(key, value, "")));
    return new ReportModel.Run(
        name,
        started,
        finished,
        benchmark(config),
        config.data().root(),
        config.data().layout().name().toLowerCase(Locale.ROOT),
        images.fingerprint(),
        images.rows(),
        settings,
        facts(manifest.path("versions")),
        facts(conventions),
        timings,
        List.of());
  }

  /**
   * The paper has numbers for its two benchmarks; a category's name decides whether it has one for
   * it.
   */
  private static ReportModel.Benchmark benchmark(FairConfig config) {
    return switch (config.data().layout()) {
      case MVTEC -> ReportModel.Benchmark.MVTEC_AD;
      case VISA -> ReportModel.Benchmark.VISA;
      case FOLDER -> ReportModel.Benchmark.OTHER;
    };
  }

  private static Instant instant(String text, Instant otherwise) {
    return text.isEmpty() ? otherwise : Instant.parse(text);
  }

  private static List<ReportModel.Fact> facts(JsonNode node) {
    List<ReportModel.Fact> facts = new ArrayList<>();
    node.fields()
        .forEachRemaining(
            e ->
                facts.add(
                    new ReportModel.Fact(e.getKey().replace('_', ' '), e.getValue().asText())));
    return facts;
  }

  private ReportModel.Quarantine quarantine() {
    Optional<Table> table = Table.find(root, QuarantineTable.SPEC);
    if (table.isEmpty() || table.get().manifest().rows() == 0) {
      return ReportModel.Quarantine.none();
    }
    List<ReportModel.BadFile> files = new ArrayList<>();
    for (Row row :
        table.get().dataset(context.spark()).orderBy("path").limit(BAD_FILES).collectAsList()) {
      files.add(
          new ReportModel.BadFile(
              row.getAs("path"),
              row.<Long>getAs("size"),
              row.getAs("reason"),
              row.getAs("message")));
    }
    return new ReportModel.Quarantine(table.get().manifest().rows(), files);
  }
}
