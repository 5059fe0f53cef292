package org.fairspark.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairspark.metrics.Metric;
import org.fairspark.report.PaperResults.PrintedNumber;
import org.fairspark.report.ReportModel.Fact;
import org.fairspark.report.SweepPage.SpreadView;
import org.fairspark.report.SweepReportModel.GroupResult;
import org.fairspark.report.SweepReportModel.State;
import org.fairspark.text.HumanUnits;

/** A converter that turns a {@link SweepReportModel} into a {@link SweepPage}. */
final class SweepPages {
  private SweepPages() {}

  static SweepPage of(SweepReportModel model) {
    List<GroupResult> groups = model.groups();
    Optional<PaperRows> paper =
        model.paperTable().isPresent()
            ? Optional.of(PaperRows.of(model.paperTable().getAsInt(), model.run().benchmark()))
            : Optional.empty();
    Optional<GroupResult> best = best(groups);
    // Few data sets have saturations of defects.
    List<Metric> more =
        Metric.MORE.stream()
            .filter(
                m ->
                    m != Metric.AU_SPRO_05
                        || groups.stream().anyMatch(c -> c.metrics().get(m).mean().isPresent()))
            .toList();
    List<Charts.PageChart> charts = SweepCharts.of(groups, paper);
    Map<String, ChartSpec> data = new LinkedHashMap<>();
    charts.forEach(c -> data.put(c.id(), c.spec()));
    return new SweepPage(
        "FAIR sweep: " + model.run().name(),
        model.run().name(),
        lede(model, best),
        facts(model),
        paper.map(p -> "%s (%s)".formatted(p.table(), p.dataset())).orElse(""),
        order(groups, paper),
        groups.stream().anyMatch(c -> c.imagesPerSecond().isPresent()),
        groups.stream().map(c -> group(c, model.repetitions(), paper, best, more)).toList(),
        charts,
        details(groups),
        more.stream().map(m -> new Fact(m.key(), MetricView.title(m))).toList(),
        model.shared(),
        model.run(),
        ReportPages.timings(model.run()),
        PageData.json(data));
  }

  private static Optional<GroupResult> best(List<GroupResult> groups) {
    return groups.stream()
        .filter(c -> c.metrics().get(Metric.IMAGE_AUROC).mean().isPresent())
        .max(
            Comparator.comparingDouble(
                c -> c.metrics().get(Metric.IMAGE_AUROC).mean().orElseThrow()));
  }

  private static String lede(SweepReportModel model, Optional<GroupResult> best) {
    long done = model.groups().stream().filter(c -> c.state() == State.DONE).count();
    long failed = model.groups().stream().filter(c -> c.state() == State.FAILED).count();
    String finished =
        done == model.groups().size()
            ? "All %s finished.".formatted(Format.counted(done, "cell", "cells"))
            : "%d of %d cells finished%s."
                .formatted(
                    done, model.groups().size(), failed > 0 ? ", %d failed".formatted(failed) : "");
    return finished
        + best.map(
                c ->
                    " Best by image AUROC: %s with %s %%%s."
                        .formatted(
                            c.name(),
                            Format.percent(
                                c.metrics().get(Metric.IMAGE_AUROC).mean().orElseThrow()),
                            c.metrics().get(Metric.IMAGE_AUROC).deviation().isPresent()
                                ? " \u00b1 "
                                    + Format.percent(
                                        c.metrics()
                                            .get(Metric.IMAGE_AUROC)
                                            .deviation()
                                            .getAsDouble())
                                : ""))
            .orElse("");
  }

  private static List<Fact> facts(SweepReportModel model) {
    ReportModel.Run run = model.run();
    return List.of(
        new Fact("Finished", Format.time(run.finished())),
        new Fact("Took", HumanUnits.duration(Duration.between(run.started(), run.finished()))),
        new Fact("Data", run.dataRoot() + " (" + run.layout() + ")"),
        new Fact("Cells", Integer.toString(model.groups().size())),
        new Fact("Repetitions", Integer.toString(model.repetitions())));
  }

  private static String order(List<GroupResult> groups, Optional<PaperRows> paper) {
    List<GroupResult> both =
        groups.stream()
            .filter(c -> c.metrics().get(Metric.IMAGE_AUROC).mean().isPresent())
            .filter(c -> SweepCharts.printed(paper, c, Metric.IMAGE_AUROC).isPresent())
            .toList();
    String order =
        PaperRows.order(
            both.stream().map(GroupResult::name).toList(),
            both.stream()
                .mapToDouble(c -> c.metrics().get(Metric.IMAGE_AUROC).mean().orElseThrow())
                .toArray(),
            both.stream()
                .mapToDouble(
                    c -> SweepCharts.printed(paper, c, Metric.IMAGE_AUROC).orElseThrow().value())
                .toArray());
    return order.isEmpty() ? "" : "By image AUROC: " + order;
  }

  private static SweepPage.TrialGroupView group(
      GroupResult c,
      int repetitions,
      Optional<PaperRows> paper,
      Optional<GroupResult> best,
      List<Metric> more) {
    String state =
        switch (c.state()) {
          case DONE -> "done";
          case FAILED -> "failed";
          case UNFINISHED -> "unfinished";
        };
    return new SweepPage.TrialGroupView(
        c.name(),
        c.settings().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .filter(setting -> !c.name().contains(setting))
            .collect(Collectors.joining(", ")),
        state,
        "%d of %d".formatted(c.metrics().get(Metric.IMAGE_AUROC).values(), repetitions),
        c.problem().orElse(""),
        best.map(c::equals).orElse(false),
        spreads(c.metrics(), Metric.PAPER, metric -> SweepCharts.printed(paper, c, metric)),
        spreads(c.metrics(), more, metric -> Optional.empty()),
        c.parameters().isPresent() ? Format.fixed(c.parameters().getAsLong() / 1e6, 1) + " M" : "",
        c.parameters().isPresent() ? Long.toString(c.parameters().getAsLong()) : "",
        c.imagesPerSecond().isPresent() ? Format.score(c.imagesPerSecond().getAsDouble()) : "",
        c.imagesPerSecond().isPresent() ? Double.toString(c.imagesPerSecond().getAsDouble()) : "",
        HumanUnits.duration(c.took()),
        c.took().toSeconds(),
        c.manifest());
  }

  private static List<SpreadView> spreads(
      MetricSpreads metrics,
      List<Metric> which,
      Function<Metric, Optional<PrintedNumber>> printed) {
    return which.stream()
        .map(metric -> view(metric, metrics.get(metric), printed.apply(metric)))
        .toList();
  }

  private static SpreadView view(Metric metric, Spread spread, Optional<PrintedNumber> printed) {
    String key = metric.key();
    double unit = metric == Metric.NORMAL_MSE ? 1e4 : 100;
    int decimals = metric == Metric.NORMAL_MSE ? 2 : 1;
    String note =
        printed
            .map(e -> "Table " + e.table() + (e.note().isEmpty() ? "" : ": " + e.note()))
            .orElse("");
    String paper = printed.map(e -> Format.fixed(e.value(), decimals)).orElse("");
    boolean doubtful = printed.map(PrintedNumber::doubtful).orElse(false);
    if (spread.mean().isEmpty()) {
      return new SpreadView(key, "", "", "", spread.reason().orElse(""), paper, doubtful, note);
    }
    double mean = spread.mean().getAsDouble();
    String deviation =
        spread.deviation().isPresent()
            ? Format.fixed(spread.deviation().getAsDouble() * unit, decimals)
            : "";
    return new SpreadView(
        key,
        Format.fixed(mean * unit, decimals),
        deviation,
        Double.toString(metric == Metric.NORMAL_MSE ? mean * unit : mean),
        "",
        paper,
        doubtful,
        note);
  }

  private static List<SweepPage.DetailRow> details(List<GroupResult> groups) {
    Set<String> names = new LinkedHashSet<>();
    groups.forEach(c -> names.addAll(c.categories().keySet()));
    List<SweepPage.DetailRow> rows = new ArrayList<>();
    for (String name : names) {
      List<Optional<List<SpreadView>>> row =
          groups.stream()
              .map(
                  c ->
                      Optional.ofNullable(c.categories().get(name))
                          .map(
                              m ->
                                  spreads(m, List.of(Metric.values()), metric -> Optional.empty())))
              .toList();
      rows.add(new SweepPage.DetailRow(name, row));
    }
    return rows;
  }
}
