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
 * <p>To show one more metric: list it in {@link org.fairspark.metrics.Metric#MORE}, and its name in
 * {@code report.css} beside the others; {@code DecisionTables} and the sweep's tables follow.
 */
package org.fairspark.report;
