package org.fairspark.job.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.fairspark.report.Spread;
import org.fairspark.report.SweepReportModel;

/** Mean and deviation of the figures in several runs' records. */
final class Figures {
  private Figures() {}

  /**
   * The spread over runs.
   *
   * @param nodes a run's figures each
   */
  static SweepReportModel.Metrics over(List<JsonNode> nodes) {
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
}
