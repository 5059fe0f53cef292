/**
 * {@code submission}: the folder that the evaluation server of MVTec AD 2 takes, from the maps of a
 * {@code score} run.
 *
 * <p>Must not detect: maps and thresholds are those that {@code score} wrote.
 */
package org.fairspark.job.submission;
