/**
 * The configuration: HOCON presets and settings, resolved into validated records.
 *
 * <p>To add a setting, add a component to the record of its section, with its check in the record's
 * constructor, and the default with its help text to {@code fair-defaults.conf}; key, type and
 * place follow from the component (see {@code Settings}).
 *
 * <p>Must not start Spark or touch data.
 */
package org.fairspark.config;
