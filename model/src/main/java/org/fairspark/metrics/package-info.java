/**
 * AUROC and AUPRO by mergeable accumulators.
 *
 * <p>Must not know images beyond scores, labels and masks.
 */
package org.fairspark.metrics;
