/**
 * Reports as self-contained HTML files that need no network.
 *
 * <p>{@link org.fairspark.report.ReportModel}, {@link org.fairspark.report.SweepReportModel} and
 * {@link org.fairspark.report.ScoreReportModel} are plain data; {@link
 * org.fairspark.report.ReportWriter} makes a page of each. {@code ReportPages} and its siblings
 * round numbers and put them into words, {@code Charts} make the plots, and the templates under
 * {@code templates/} place the result. A number that is not defined stays an {@link
 * org.fairspark.metrics.Area.NotDefined} with its reason until the page shows that reason.
 *
 * <p>Must not know Spark, an output root or a job: whoever has the numbers and pictures can write a
 * report.
 *
 * <p>To show one more metric: if it is an area under a curve, list it in {@link
 * org.fairspark.metrics.Metric#AREAS}, and its column heading in {@code report.ftlh}, {@code
 * category.ftlh} and {@code sweep.ftlh}; tiles, tables, charts, verdicts and the comparison with
 * the paper follow. Any other metric needs a view beside {@code MetricView.error}, a tile in {@code
 * ReportPages} and a cell in the templates.
 */
package org.fairspark.report;
