package org.fairspark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Confusion;
import org.fairspark.metrics.DecisionResult;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.metrics.SliceResult;

/** The tables of a category's decisions and of the metrics that the paper does not have. */
final class DecisionTables {
  private static final List<String> DECIDED =
      List.of(
          "Precision",
          "Found",
          "False alarms",
          "Image F1",
          "Pixel F1",
          "Background called anomalous");

  private static final String UNDECIDED = "there are no calibrated thresholds";

  private DecisionTables() {}

  static List<NumbersTable> of(CategoryResult result) {
    List<NumbersTable> tables = new ArrayList<>();
    if (result.decisions().atThreshold().isPresent()) {
      tables.add(decided(result));
    }
    tables.add(more(result));
    slices(result).ifPresent(tables::add);
    changes(result).ifPresent(tables::add);
    return tables;
  }

  private static NumbersTable decided(CategoryResult result) {
    DecisionResult decisions = result.decisions();
    AtThreshold all = decisions.atThreshold().orElseThrow();
    List<NumbersTable.Row> rows = new ArrayList<>();
    rows.add(row("All images", result.counts().images(), all));
    result
        .defects()
        .forEach(
            (name, defect) ->
                defect
                    .atThreshold()
                    .ifPresent(at -> rows.add(row("Kind: " + name, defect.images(), at))));
    rows.addAll(sliced(decisions).flatMap(s -> s.decided().stream()).toList());
    decisions
        .groups()
        .ifPresent(
            groups ->
                groups
                    .decided()
                    .ifPresent(d -> rows.add(row("Groups", groups.groups(), d, Optional.empty()))));
    return new NumbersTable(
        "decided",
        "At the calibrated thresholds",
        "Image score above %s, pixels above %s; thresholds from held-out normal images alone."
            .formatted(Format.score(all.levels().image()), Format.score(all.levels().pixel())),
        DECIDED,
        rows);
  }

  private static NumbersTable.Row row(String name, long images, AtThreshold at) {
    return row(name, images, at.images(), Optional.of(at.pixels()));
  }

  private static NumbersTable.Row row(
      String name, long images, Confusion of, Optional<Confusion> pixels) {
    Area none = Area.notDefined("groups have no pixels of their own");
    List<Area> values =
        List.of(
            of.precision(),
            of.recall(),
            of.falsePositiveRate(),
            of.f1(),
            pixels.map(Confusion::f1).orElse(none),
            pixels.map(Confusion::falsePositiveRate).orElse(none));
    List<MetricView> cells = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      cells.add(MetricView.share(DECIDED.get(i), values.get(i)));
    }
    return new NumbersTable.Row(name, images, cells);
  }

  private static NumbersTable more(CategoryResult result) {
    List<Metric> metrics = more(result.values());
    List<NumbersTable.Row> rows = new ArrayList<>();
    rows.add(row("All images", result.counts().images(), result.values(), metrics));
    result
        .defects()
        .forEach(
            (name, defect) ->
                rows.add(row("Kind: " + name, defect.images(), defect.values(), metrics)));
    return new NumbersTable(
        "more",
        "Other metrics",
        "F1-max is at the threshold that suits the test images best. “Half” and all other metrics"
            + " of pixels count as anomalous what is above one half of the mask.",
        metrics.stream().map(MetricView::title).toList(),
        rows);
  }

  /** Returns the other metrics, sPRO only where it is known: few data sets have saturations. */
  private static List<Metric> more(MetricValues values) {
    return Metric.MORE.stream()
        .filter(m -> m != Metric.AU_SPRO_05 || values.get(m).value().isPresent())
        .toList();
  }

  private static Optional<NumbersTable> slices(CategoryResult result) {
    List<Metric> metrics =
        Stream.concat(Metric.AREAS.stream(), more(result.values()).stream()).toList();
    List<NumbersTable.Row> rows =
        sliced(result.decisions())
            .map(s -> row(s.name(), s.result().counts().images(), s.result().values(), metrics))
            .toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NumbersTable(
                "slices",
                "By condition and view",
                "Each with its own normal images.",
                metrics.stream().map(MetricView::title).toList(),
                rows));
  }

  /** Returns the same images as they are and under stated changes; empty without such. */
  private static Optional<NumbersTable> changes(CategoryResult result) {
    SortedMap<String, SliceResult> changed = result.decisions().underChanges().byValue();
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    List<NumbersTable.Row> rows = new ArrayList<>();
    rows.add(
        changed(
            "Unchanged",
            result.counts().images(),
            result.values(),
            result.decisions().atThreshold()));
    changed.forEach(
        (word, slice) ->
            rows.add(changed(word, slice.counts().images(), slice.values(), slice.atThreshold())));
    return Optional.of(
        new NumbersTable(
            "changes",
            "Under changes",
            "The same test images, each changed, at the thresholds of the images as they are.",
            Stream.concat(DECIDED.stream(), Metric.AREAS.stream().map(MetricView::title)).toList(),
            rows));
  }

  private static NumbersTable.Row changed(
      String name, long images, MetricValues values, Optional<AtThreshold> decided) {
    List<MetricView> cells = new ArrayList<>();
    cells.addAll(
        decided
            .map(at -> row(name, images, at).cells())
            .orElseGet(
                () ->
                    DECIDED.stream()
                        .map(label -> MetricView.share(label, Area.notDefined(UNDECIDED)))
                        .toList()));
    cells.addAll(row(name, images, values, Metric.AREAS).cells());
    return new NumbersTable.Row(name, images, cells);
  }

  private static NumbersTable.Row row(
      String name, long images, MetricValues values, List<Metric> metrics) {
    return new NumbersTable.Row(
        name,
        images,
        metrics.stream().map(m -> MetricView.share(MetricView.title(m), values.get(m))).toList());
  }

  /** The metrics of the images with one condition or view. */
  private record Sliced(String name, SliceResult result) {
    Optional<NumbersTable.Row> decided() {
      return result.atThreshold().map(at -> row(name, result.counts().images(), at));
    }
  }

  private static Stream<Sliced> sliced(DecisionResult decisions) {
    return Stream.concat(
        decisions.byCondition().byValue().entrySet().stream()
            .map(e -> new Sliced("Condition: " + e.getKey(), e.getValue())),
        decisions.byView().byValue().entrySet().stream()
            .map(e -> new Sliced("View: " + e.getKey(), e.getValue())));
  }
}
