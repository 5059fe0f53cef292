package org.fairspark.report;

import java.util.Optional;
import org.fairspark.metrics.Metric;
import org.fairspark.report.PaperResults.PrintedNumber;
import org.fairspark.report.ReportModel.Benchmark;
import org.fairspark.report.ReportModel.ConfiguredValue;
import org.fairspark.report.ReportModel.Run;

/**
 * The column of the paper's tables 1 to 4 that a run compares with: that of its own method.
 *
 * @param benchmark the data set
 * @param method as the paper prints it; empty where the paper has no numbers of the run's method
 */
record PaperColumn(Benchmark benchmark, Optional<String> method) {

  /** Returns the column of a run; one whose settings name no method is of the paper's. */
  static PaperColumn of(Run run) {
    Optional<String> kind =
        run.configuration().stream()
            .filter(setting -> setting.key().equals(PaperResults.METHOD))
            .map(ConfiguredValue::value)
            .findFirst();
    return new PaperColumn(
        run.benchmark(),
        kind.isEmpty() ? Optional.of(PaperResults.FAIR) : PaperResults.method(kind.get()));
  }

  /** Returns the printed result for a category. */
  Optional<PrintedNumber> of(String category, Metric metric) {
    return method.flatMap(name -> PaperResults.printed().of(benchmark, name, category, metric));
  }

  /** Returns whether it is the column of the paper's own method. */
  boolean isFair() {
    return method.equals(Optional.of(PaperResults.FAIR));
  }
}
