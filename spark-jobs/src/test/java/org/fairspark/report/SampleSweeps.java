package org.fairspark.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.random.SeededRandom;
import org.fairspark.report.ReportModel.Benchmark;
import org.fairspark.report.SweepReportModel.GroupResult;
import org.fairspark.report.SweepReportModel.State;

/** Made-up but plausible sweeps. */
final class SampleSweeps {
  private SampleSweeps() {}

  /** Returns the paper's cut-offs, all finished, and a cell that failed. */
  static SweepReportModel cutoffs(Benchmark benchmark) {
    List<GroupResult> cells = new ArrayList<>();
    for (String cutoff : List.of("10", "30", "60", "90")) {
      cells.add(cell("filter.cutoff=" + cutoff, Map.of("filter.cutoff", cutoff), cells.size()));
    }
    cells.add(
        new GroupResult(
            "filter.cutoff=120",
            Map.of("filter.cutoff", "120"),
            Map.of("filter.cutoff", "120"),
            State.FAILED,
            Optional.of(
                "the loss was not a number in epoch 3, batch 17; the checkpoint of epoch 2 is"
                    + " kept"),
            MetricSpreads.undefined("the cell failed"),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Duration.ofSeconds(31),
            "",
            new TreeMap<>()));
    return new SweepReportModel(
        SampleReports.run("cutoffs", benchmark),
        OptionalInt.of(8),
        3,
        cells,
        List.of("one table of images for all cells", "one set of corrupted images"));
  }

  private static GroupResult cell(String name, Map<String, String> settings, int number) {
    Map<String, String> configuration = new LinkedHashMap<>(settings);
    configuration.put("filter.kind", "butterworth");
    configuration.put("filter.order", "2");
    SeededRandom random = SeededRandom.of(4, name, 0);
    SortedMap<String, MetricSpreads> categories = new TreeMap<>();
    for (String category : List.of("bottle", "grid", "screw")) {
      categories.put(category, metrics(random, 0.9 + 0.02 * (number % 3)));
    }
    return new GroupResult(
        name,
        settings,
        configuration,
        State.DONE,
        Optional.empty(),
        metrics(random, 0.92 + 0.02 * (number % 3)),
        OptionalLong.of(4_322_307),
        OptionalDouble.of(12.4 + number),
        Duration.ofSeconds(900 + 17L * number),
        "cells/" + number + "/manifest.json",
        categories);
  }

  private static MetricSpreads metrics(SeededRandom random, double level) {
    return MetricSpreads.of(
        metric ->
            switch (metric) {
              case IMAGE_AUROC -> spread(random, level, 0.008);
              case PIXEL_AUROC -> spread(random, level + 0.02, 0.004);
              case AUPRO -> spread(random, level - 0.05, 0.01);
              case NORMAL_MSE -> spread(random, 1e-4 * (1 + level), 0.05e-4);
              default -> spread(random, level - 0.1, 0.01);
            });
  }

  private static Spread spread(SeededRandom random, double level, double deviation) {
    return Spread.of(
        level + deviation * random.nextGaussian(),
        level + deviation * random.nextGaussian(),
        level + deviation * random.nextGaussian());
  }
}
