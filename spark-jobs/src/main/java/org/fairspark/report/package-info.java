/**
 * The report: what a run found, as one self-contained HTML file.
 *
 * <p>{@link org.fairspark.report.ReportModel} is plain data, {@link
 * org.fairspark.report.ReportWriter} makes the page of it. Nothing here knows Spark: whoever has
 * the numbers and pictures can write a report.
 */
package org.fairspark.report;
