/**
 * {@code bench}: kernels measured in tasks, tables in whole Spark jobs, and estimates from both.
 *
 * <p>One more kernel is one more entry of {@link org.fairspark.job.bench.CoreKernels} or {@link
 * org.fairspark.job.bench.NetworkKernels}, and a term of {@link org.fairspark.job.bench.Estimate}
 * where a job spends time in it.
 *
 * <p>Must not hold a second version of what it measures: it calls what the other commands call.
 */
package org.fairspark.job.bench;
