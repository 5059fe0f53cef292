/**
 * Scoring an archive: what there is to do, batches and their commits, what came of it.
 *
 * <p>Must not hold science: thresholds, regions and tiles are the model module's.
 */
package org.fairspark.job.score;
