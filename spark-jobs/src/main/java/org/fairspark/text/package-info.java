/**
 * Text and numbers as people and other programs read them: units, aligned tables, cells of CSV,
 * hashes.
 *
 * <p>Bytes, counts and times for people are written by {@link org.fairspark.text.HumanUnits}, cells
 * of CSV by {@link org.fairspark.text.CsvCells}, and nowhere else.
 *
 * <p>Must not depend on any other package.
 */
package org.fairspark.text;
