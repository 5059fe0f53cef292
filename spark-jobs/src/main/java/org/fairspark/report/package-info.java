/**
 * The HTML report, from finished tables and metrics.
 *
 * <p>Must not compute metrics, and must not need Spark executors.
 */
package org.fairspark.report;
