/**
 * The devices that executors compute on: the GPUs of a machine, the one that Spark gave to a task,
 * and human-readable messages about them.
 *
 * <p>Must not know any job.
 */
package org.fairspark.spark.device;
