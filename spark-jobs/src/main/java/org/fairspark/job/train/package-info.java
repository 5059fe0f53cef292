/**
 * Parameter averaging over executors: blocks of samples on the cluster, rounds as Spark jobs,
 * networks in executors.
 *
 * <p>Must not hold what a worker computes: that is {@code org.fairspark.training} of the model
 * module.
 */
package org.fairspark.job.train;
