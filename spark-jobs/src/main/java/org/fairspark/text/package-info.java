/**
 * Text and numbers as people and other programs read them: units, cells of CSV, hashes.
 *
 * <p>Must not depend on any other package.
 */
package org.fairspark.text;
