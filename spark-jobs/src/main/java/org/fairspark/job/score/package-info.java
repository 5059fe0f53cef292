/**
 * {@code score}: from unlabelled images, also in archives, to {@code scores/} and lists.
 *
 * <p>{@link org.fairspark.job.score.ScoreRun} is the run: it lists, scores in batches that are
 * committed one by one, and sums up. {@link org.fairspark.job.score.ScorePlan} is what is left to
 * do, {@link org.fairspark.job.score.ScoreTask} the work of a task.
 *
 * <p>Must not hold science: thresholds, regions and tiles are the model module's.
 */
package org.fairspark.job.score;
