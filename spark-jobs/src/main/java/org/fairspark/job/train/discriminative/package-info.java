/**
 * The training of the discriminative method: its second network, each category's whole in one Spark
 * task, on the output of the trained first one.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.discriminative;
