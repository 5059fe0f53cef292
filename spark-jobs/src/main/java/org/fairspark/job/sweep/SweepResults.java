package org.fairspark.job.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.SweepCells.SweepCell;
import org.fairspark.job.JobContext;
import org.fairspark.job.JobException;
import org.fairspark.job.MetricsFile;
import org.fairspark.job.ReportAssembly;
import org.fairspark.job.RunManifest;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.network.NetworkShape;
import org.fairspark.report.ReportModel;
import org.fairspark.report.ReportWriter;
import org.fairspark.report.Spread;
import org.fairspark.report.SweepReportModel;
import org.fairspark.table.ImagesTable;
import org.fairspark.table.OutputRoot;
import org.fairspark.table.Table;

/** What the runs of a sweep came to: recorded one by one as they finish, compared at the end. */
public final class SweepResults {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String RECORD = "cell.json";
  private static final List<String> FIGURES =
      List.of("image_auroc", "pixel_auroc", "aupro", "normal_mse");

  private final OutputRoot root;
  private final SweepPlan plan;

  public SweepResults(OutputRoot root, SweepPlan plan) {
    this.root = root;
    this.plan = plan;
  }

  private Path record(Trial trial) {
    return new Path(new Path(root.path(), trial.folder()), RECORD);
  }

  /** A finished run's record, or nothing. */
  private Optional<JsonNode> read(Trial trial) {
    String text = root.readText(record(trial));
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(JSON.readTree(text))
              .filter(node -> node.path("id").asText().equals(trial.id()));
    } catch (IOException e) {
      throw JobException.failed(
          "a finished run's record cannot be read: " + e.getMessage(),
          record(trial).toString(),
          "remove it: that run is done again then",
          e);
    }
  }

  /** Whether this very run is finished. */
  public boolean isDone(Trial trial) {
    return read(trial).isPresent();
  }

  /** Records a finished run; from now on it is not repeated. */
  public void record(Trial trial, OutputRoot own, Instant start) throws IOException {
    JsonNode metrics = new MetricsFile(own).read();
    ObjectNode node = JSON.createObjectNode();
    node.put("id", trial.id());
    node.put("cell", trial.cell().name());
    node.put("repetition", trial.repetition());
    node.put("seed", trial.config().seed());
    node.set("settings", JSON.valueToTree(trial.cell().settings()));
    node.put("seconds", Duration.between(start, Instant.now()).toMillis() / 1000.0);
    ObjectNode categories = node.putObject("categories");
    metrics
        .get("categories")
        .fields()
        .forEachRemaining(e -> categories.set(e.getKey(), figures(e.getValue())));
    node.set("mean", figures(metrics.get("mean")));
    node.set("conventions", metrics.get("conventions"));
    root.writeText(record(trial), JSON.writeValueAsString(node) + "\n");
  }

  private static ObjectNode figures(JsonNode from) {
    ObjectNode node = JSON.createObjectNode();
    for (String figure : FIGURES) {
      node.set(figure, from.path(figure).isNumber() ? from.get(figure) : node.nullNode());
      if (from.has(figure + "_not_defined")) {
        node.set(figure + "_not_defined", from.get(figure + "_not_defined"));
      }
    }
    return node;
  }

  /** Where the page is, as a person would type it. */
  public String reportPath() {
    Path page = page();
    return "file".equals(page.toUri().getScheme()) ? page.toUri().getPath() : page.toString();
  }

  private Path page() {
    return new Path(root.path("report"), "index.html");
  }

  /**
   * Writes {@code sweep.csv}, {@code sweep.json} and the report over all runs finished so far.
   *
   * @param failed runs that failed now, and why
   */
  public void write(JobContext context, Instant began, Map<Trial, String> failed)
      throws IOException {
    StringBuilder csv = new StringBuilder("cell,repetition,seed,category");
    FIGURES.forEach(f -> csv.append(',').append(f));
    csv.append(",seconds,manifest\n");
    List<JsonNode> records = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      Optional<JsonNode> record = read(trial);
      record.ifPresent(
          node -> {
            records.add(node);
            node.get("categories")
                .fields()
                .forEachRemaining(e -> row(csv, trial, e.getKey(), e.getValue(), node));
            row(csv, trial, "mean", node.get("mean"), node);
          });
    }
    root.writeText(root.path("sweep.csv"), csv.toString());
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("cells", plan.cells().stream().map(SweepCell::name).toList());
    whole.put("repetitions", plan.config().sweep().repetitions());
    whole.put("shared", plan.shared());
    whole.put("runs", records);
    Map<String, String> problems = new LinkedHashMap<>();
    failed.forEach((trial, why) -> problems.put(trial.describe(), why));
    whole.put("failed", problems);
    whole.put("configuration", plan.config().toMap());
    root.writeText(root.path("sweep.json"), JSON.writeValueAsString(whole) + "\n");
    if (!records.isEmpty()) {
      writePage(model(context, began, failed));
    }
  }

  private static void row(
      StringBuilder csv, Trial trial, String category, JsonNode figures, JsonNode record) {
    csv.append(quoted(trial.cell().name())).append(',').append(trial.repetition() + 1);
    csv.append(',').append(trial.config().seed()).append(',').append(quoted(category));
    for (String figure : FIGURES) {
      csv.append(',');
      if (figures.path(figure).isNumber()) {
        csv.append(figures.get(figure).asDouble());
      }
    }
    csv.append(',').append(record.get("seconds").asDouble());
    csv.append(',').append(quoted(trial.folder() + "/" + RunManifest.FILE)).append('\n');
  }

  private static String quoted(String text) {
    return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void writePage(SweepReportModel model) throws IOException {
    root.write(page(), out -> ReportWriter.write(model, out));
  }

  private SweepReportModel model(JobContext context, Instant began, Map<Trial, String> failed)
      throws IOException {
    Trial done = plan.trials().stream().filter(this::isDone).findFirst().orElseThrow();
    OutputRoot own = done.root(root, context.hadoop());
    ReportModel.Run run =
        ReportAssembly.run(
            plan.config(),
            root.path().getName(),
            RunManifest.read(own).map(n -> n).orElse(MissingNode.getInstance()),
            read(done).orElseThrow().path("conventions"),
            Table.open(own, ImagesTable.SPEC).manifest(),
            began,
            Instant.now());
    List<SweepReportModel.Cell> cells =
        plan.cells().stream().map(cell -> cell(cell, failed)).toList();
    return new SweepReportModel(
        run,
        plan.config().sweep().paperTable(),
        plan.config().sweep().repetitions(),
        cells,
        plan.shared());
  }

  private List<Trial> trials(SweepCell cell) {
    return plan.trials().stream().filter(t -> t.cell().equals(cell)).toList();
  }

  private SweepReportModel.Cell cell(SweepCell cell, Map<Trial, String> failed) {
    List<Trial> trials = trials(cell);
    List<JsonNode> records = trials.stream().flatMap(t -> read(t).stream()).toList();
    Optional<String> problem =
        trials.stream().filter(failed::containsKey).map(failed::get).findFirst();
    SortedSet<String> names = new TreeSet<>();
    records.forEach(r -> r.get("categories").fieldNames().forEachRemaining(names::add));
    Map<String, String> configuration = new LinkedHashMap<>();
    flatten("", cell.config().toMap(), configuration);
    NetworkShape shape =
        new NetworkShape(
            cell.config().filter().extractor().channels(),
            cell.config().model().width(),
            cell.config().model().skips());
    double seconds = records.stream().mapToDouble(r -> r.get("seconds").asDouble()).sum();
    return new SweepReportModel.Cell(
        cell.name(),
        cell.settings(),
        configuration,
        problem.isPresent()
            ? SweepReportModel.State.FAILED
            : records.size() == trials.size()
                ? SweepReportModel.State.DONE
                : SweepReportModel.State.UNFINISHED,
        problem,
        metrics(records.stream().map(r -> r.get("mean")).toList()),
        OptionalLong.of(shape.parameterCount()),
        OptionalDouble.empty(),
        Duration.ofMillis((long) (1000 * seconds)),
        records.isEmpty() ? "" : "../" + trials.get(0).folder() + "/" + RunManifest.FILE,
        names.stream()
            .map(
                name ->
                    new SweepReportModel.CategoryMetrics(
                        name,
                        metrics(
                            records.stream().map(r -> r.get("categories").path(name)).toList())))
            .toList());
  }

  private static void flatten(String prefix, Map<?, ?> level, Map<String, String> flat) {
    level.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + key + ".", inner, flat);
          } else {
            flat.put(prefix + key, String.valueOf(value));
          }
        });
  }

  private static SweepReportModel.Metrics metrics(List<JsonNode> nodes) {
    return new SweepReportModel.Metrics(
        spread(nodes, "image_auroc", 1),
        spread(nodes, "pixel_auroc", 1),
        spread(nodes, "aupro", 1),
        spread(nodes, "normal_mse", 1e4));
  }

  private static Spread spread(List<JsonNode> nodes, String figure, double scale) {
    double[] values =
        nodes.stream()
            .map(n -> n.path(figure))
            .filter(JsonNode::isNumber)
            .mapToDouble(n -> n.asDouble() * scale)
            .toArray();
    if (values.length > 0) {
      return Spread.of(values);
    }
    return Spread.undefined(
        nodes.stream()
            .map(n -> n.path(figure + "_not_defined").asText(""))
            .filter(reason -> !reason.isEmpty())
            .map(reason -> reason.replaceFirst("^because ", ""))
            .findFirst()
            .orElse("no run of it is finished"));
  }

  /** The cells for a person, best mean image AUROC first. */
  public List<String> leaderboard(Map<Trial, String> failed) {
    record Line(double rank, String text) {}
    List<Line> lines = new ArrayList<>();
    for (SweepCell cell : plan.cells()) {
      List<JsonNode> means =
          trials(cell).stream().flatMap(t -> read(t).stream()).map(r -> r.get("mean")).toList();
      SweepReportModel.Metrics m = metrics(means);
      boolean broken = trials(cell).stream().anyMatch(failed::containsKey);
      lines.add(
          new Line(
              m.imageAuroc().mean().orElse(-1),
              String.format(
                  Locale.ROOT,
                  "%-28s image AUROC %s  pixel AUROC %s  AUPRO %s  normal MSE %se-4%s",
                  cell.name(),
                  text(m.imageAuroc(), "%.3f"),
                  text(m.pixelAuroc(), "%.3f"),
                  text(m.aupro(), "%.3f"),
                  text(m.normalMse(), "%.2f"),
                  broken ? "  FAILED" : "")));
    }
    lines.sort((a, b) -> Double.compare(b.rank, a.rank));
    return lines.stream().map(Line::text).toList();
  }

  private static String text(Spread spread, String format) {
    if (spread.mean().isEmpty()) {
      return "-";
    }
    String mean = String.format(Locale.ROOT, format, spread.mean().getAsDouble());
    return spread.deviation().isPresent()
        ? mean + " ± " + String.format(Locale.ROOT, format, spread.deviation().getAsDouble())
        : mean;
  }
}
