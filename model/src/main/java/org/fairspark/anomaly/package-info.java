/**
 * The anomaly evaluation function (paper section 3.4): from an image and its restoration to an
 * anomaly map and a score.
 *
 * <p>Must not know how the restoration was made.
 */
package org.fairspark.anomaly;
