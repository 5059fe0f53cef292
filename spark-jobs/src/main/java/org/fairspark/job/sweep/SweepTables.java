package org.fairspark.job.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.fairspark.config.TrialGroup;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.Metric;
import org.fairspark.metrics.MetricValues;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.store.metrics.DecisionJson;
import org.fairspark.text.CsvCells;
import org.fairspark.text.Json;

/** {@code sweep.csv} and {@code sweep.json}: all finished trials, for programs. */
record SweepTables(OutputRoot root, SweepPlan plan, TrialRecords records) {
  void write(Map<Trial, String> failed) throws IOException {
    StringBuilder csv = new StringBuilder("cell,repetition,seed,category");
    Stream.of(Metric.values()).forEach(m -> csv.append(',').append(m.key()));
    DecisionJson.DECIDED.forEach(name -> csv.append(',').append(name));
    csv.append(",parameters,images_per_second,seconds,manifest\n");
    List<JsonNode> finished = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      records
          .find(trial)
          .ifPresent(
              record -> {
                finished.add(record.toJson());
                record
                    .categories()
                    .forEach(
                        (name, values) -> row(csv, record, name, values, record.decided(name)));
                row(csv, record, "mean", record.mean(), Optional.empty());
              });
    }
    root.writeText(root.path("sweep.csv"), csv.toString());
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("cells", plan.groups().stream().map(TrialGroup::name).toList());
    whole.put("repetitions", plan.config().sweep().repetitions());
    whole.put("shared", plan.shared());
    whole.put("runs", finished);
    Map<String, String> problems = new LinkedHashMap<>();
    failed.forEach((trial, why) -> problems.put(trial.describe(), why));
    whole.put("failed", problems);
    whole.put("configuration", plan.config().toMap());
    root.writeText(root.path("sweep.json"), Json.pretty(whole));
  }

  private static void row(
      StringBuilder csv,
      TrialRecord record,
      String category,
      MetricValues values,
      Optional<AtThreshold> decided) {
    Trial trial = record.trial();
    csv.append(CsvCells.quoted(trial.group().name())).append(',').append(trial.repetition() + 1);
    csv.append(',').append(trial.config().seed()).append(',').append(CsvCells.quoted(category));
    values.areas().values().forEach(area -> number(csv.append(','), area.value()));
    DecisionJson.inTables(decided).forEach(area -> number(csv.append(','), area.value()));
    csv.append(',').append(trial.parameters()).append(',');
    number(csv, record.imagesPerSecond());
    csv.append(',').append(record.seconds());
    csv.append(',').append(CsvCells.quoted(trial.folder() + "/" + RunManifest.FILE)).append('\n');
  }

  private static void number(StringBuilder csv, OptionalDouble value) {
    value.ifPresent(csv::append);
  }
}
