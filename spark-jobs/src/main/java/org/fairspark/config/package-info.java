/**
 * The configuration: HOCON presets and settings, resolved into validated records.
 *
 * <p>Must not start Spark or touch data.
 */
package org.fairspark.config;
