package org.fairspark.job.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.SweepCells.SweepCell;
import org.fairspark.job.sweep.SweepPlan.Trial;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.text.CsvCells;

/** {@code sweep.csv} and {@code sweep.json}: all finished runs, for programs. */
record SweepTables(OutputRoot root, SweepPlan plan, TrialRecords records) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  void write(Map<Trial, String> failed) throws IOException {
    StringBuilder csv = new StringBuilder("cell,repetition,seed,category");
    TrialRecords.FIGURES.forEach(f -> csv.append(',').append(f));
    csv.append(",parameters,images_per_second,seconds,manifest\n");
    List<JsonNode> finished = new ArrayList<>();
    for (Trial trial : plan.trials()) {
      Optional<JsonNode> record = records.find(trial);
      record.ifPresent(
          node -> {
            finished.add(node);
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
    whole.put("runs", finished);
    Map<String, String> problems = new LinkedHashMap<>();
    failed.forEach((trial, why) -> problems.put(trial.describe(), why));
    whole.put("failed", problems);
    whole.put("configuration", plan.config().toMap());
    root.writeText(root.path("sweep.json"), JSON.writeValueAsString(whole) + "\n");
  }

  private static void row(
      StringBuilder csv, Trial trial, String category, JsonNode figures, JsonNode record) {
    csv.append(CsvCells.quoted(trial.cell().name())).append(',').append(trial.repetition() + 1);
    csv.append(',').append(trial.config().seed()).append(',').append(CsvCells.quoted(category));
    for (String figure : TrialRecords.FIGURES) {
      csv.append(',');
      if (figures.path(figure).isNumber()) {
        csv.append(figures.get(figure).asDouble());
      }
    }
    csv.append(',').append(record.path("parameters").asText());
    csv.append(',').append(record.path("images_per_second").asText());
    csv.append(',').append(record.get("seconds").asDouble());
    csv.append(',').append(CsvCells.quoted(trial.folder() + "/" + RunManifest.FILE)).append('\n');
  }
}
