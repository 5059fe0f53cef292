/**
 * Training by parameter averaging, as arithmetic: which samples a worker takes in which round, the
 * learning rate, a worker's steps, the average. The distribution of it is the jobs module's.
 *
 * <p>Must not know Spark, files, tables or an engine: a worker trains through {@link
 * org.fairspark.network.Trainer}. A serial loop over these classes trains the very model that a
 * cluster trains.
 */
package org.fairspark.training;
