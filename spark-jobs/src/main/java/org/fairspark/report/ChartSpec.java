package org.fairspark.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A chart's data as the page's script draws it.
 *
 * @param type "lines", "histogram" or "dots"
 * @param x horizontal axis
 * @param y vertical axis
 * @param series what is drawn
 * @param marks lines and areas that explain
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChartSpec(
    String type, String title, Axis x, Axis y, List<PlotLine> series, List<Mark> marks) {

  /**
   * An axis.
   *
   * @param domain lowest and highest value; null follows the data
   * @param scale "linear" or "log"
   * @param unit "percent" shows fractions in percent; else ""
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Axis(String label, List<Double> domain, String scale, String unit) {
    static Axis linear(String label) {
      return new Axis(label, null, "linear", "");
    }

    static Axis percent(String label, double low, double high) {
      return new Axis(label, List.of(low, high), "linear", "percent");
    }

    static Axis log(String label) {
      return new Axis(label, null, "log", "");
    }
  }

  /**
   * A line, the bars of a histogram (x are edges, one more than y) or a row of dots.
   *
   * @param tone which colour: "main", "second", "third", "fourth", "fifth", each but the last also
   *     "-dashed", "normal", "anomalous"
   * @param labels names of the points, for dots
   * @param reference values to show beside, for dots; may hold nulls
   * @param whiskers how far the values spread to either side; may hold nulls
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PlotLine(
      String name,
      String tone,
      List<Float> x,
      List<Float> y,
      List<String> labels,
      List<Float> reference,
      List<Float> whiskers) {
    static PlotLine of(String name, String tone, Curve curve) {
      return new PlotLine(name, tone, curve.xs(), curve.ys(), null, null, null);
    }
  }

  /**
   * Something that explains the plot.
   *
   * @param kind "diagonal", "vertical" (a line at {@code at}) or "beyond" (dims what lies right of
   *     {@code at})
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Mark(String kind, Double at, String label) {}
}
