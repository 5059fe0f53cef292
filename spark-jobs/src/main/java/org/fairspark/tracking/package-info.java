/**
 * Servers that are told what ran: MLflow, by its REST interface, and collectors of OpenLineage
 * events.
 *
 * <p>What is told comes from the configuration and from the files that a job left in its output
 * root ({@code manifest.json}, {@code metrics/metrics.json}, models, report), so that it is what
 * people find there. To add a server, implement {@link org.fairspark.tracking.Tracker} and name it
 * in {@link org.fairspark.tracking.Trackers}.
 *
 * <p>Must not fail a job: {@code Trackers} turns every failure into one warning. Must not compute
 * any result.
 */
package org.fairspark.tracking;
