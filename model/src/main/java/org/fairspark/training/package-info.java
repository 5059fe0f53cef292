/**
 * Training by parameter averaging, as arithmetic: which samples a worker takes in which round, a
 * worker's steps, the average. The distribution of it is the jobs module's.
 *
 * <p>Must not know Spark, files or tables; a serial loop over these classes trains the very model
 * that a cluster trains.
 */
package org.fairspark.training;
