/**
 * What {@code bench} measures and makes of it: kernels in tasks, tables in whole Spark jobs, and
 * estimates from both.
 *
 * <p>Must not hold a second version of what it measures: it calls what the other jobs call.
 */
package org.fairspark.job.bench;
