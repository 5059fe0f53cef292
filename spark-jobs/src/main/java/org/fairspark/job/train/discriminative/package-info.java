/**
 * The training of the discriminative method, and of the discriminator of others like it: each
 * category's whole in one Spark task, on the output of the trained first network.
 *
 * <p>Must not know where a discriminator lies, nor whether images are scored by it.
 */
package org.fairspark.job.train.discriminative;
