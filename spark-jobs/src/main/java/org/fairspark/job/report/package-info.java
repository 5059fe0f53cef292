/**
 * {@code report}: gathers the results of an evaluation or of a score run into report models, from
 * which {@code org.fairspark.report} makes pages.
 *
 * <p>A new figure on a page is a component of a report model, filled in {@link
 * org.fairspark.job.report.ReportAssembly} or {@link org.fairspark.job.report.CategoryAssembly}.
 *
 * <p>Must not compute results: they are read from the output root. Must not write HTML.
 */
package org.fairspark.job.report;
