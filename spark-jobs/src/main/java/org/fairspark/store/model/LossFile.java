package org.fairspark.store.model;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** {@code loss.csv} of a model: a line an epoch. */
record LossFile(ModelFolder folder) {
  private static final String NAME = "loss.csv";

  /** Returns the loss of every epoch; empty where there is no file. */
  List<EpochSummary> read() {
    String text = folder.root().readText(folder.file(NAME));
    return text == null ? List.of() : text.lines().skip(1).map(EpochSummary::ofCsv).toList();
  }

  void write(List<EpochSummary> history) throws IOException {
    String text = EpochSummary.CSV_HEADER + "\n" + lines(history) + "\n";
    folder.root().writeText(folder.file(NAME), text);
  }

  /** Returns the lines without their header. */
  static String lines(List<EpochSummary> history) {
    return history.stream().map(EpochSummary::toCsv).collect(Collectors.joining("\n"));
  }

  static List<EpochSummary> parse(String lines) {
    return lines.lines().map(EpochSummary::ofCsv).toList();
  }
}
