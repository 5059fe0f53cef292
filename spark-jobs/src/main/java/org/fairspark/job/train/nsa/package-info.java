/**
 * The training of NSA: of a network, by parameter averaging, on samples with blended patches.
 * Labels of pixels are computed where a sample is dealt to a worker, from it and the clean image.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.nsa;
