/**
 * The training of CutPaste: a network of patches, by parameter averaging, on samples that are made
 * from {@code images/}; then the Gaussian of normal patches, from sums over images, which becomes a
 * part of the network; then the thresholds.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.cutpaste;
