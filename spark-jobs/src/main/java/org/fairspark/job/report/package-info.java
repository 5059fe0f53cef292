/**
 * The report command: results of an output root gathered into report models.
 *
 * <p>{@code ReportAssembly} reads the metrics, tables and models of an evaluation, {@code
 * CategoryAssembly} and {@code Gallery} what belongs to one category, {@code ScoreReport} the
 * record of the newest score run. The page itself is made in {@link org.fairspark.report}.
 *
 * <p>Must not need another command, nor parse a file: all results come through {@code
 * org.fairspark.store}, as typed records. Must not write HTML. To show something new, give it a
 * place in the report model, gather it here, and follow the steps in {@link org.fairspark.report}.
 */
package org.fairspark.job.report;
