/**
 * Tables that tell what images are, row by row: CSV, JSON lines and Parquet, read into texts.
 *
 * <p>{@link org.fairspark.dataset.manifest.ManifestReader} reads a file, {@link
 * org.fairspark.dataset.manifest.ManifestColumn} names the columns that mean something. The meaning
 * of their cells is found by {@code ManifestLayout} of the package above, which collects what is
 * wrong in {@link org.fairspark.dataset.manifest.ManifestProblems}. To read one more kind of file:
 * a class beside {@link org.fairspark.dataset.manifest.CsvManifest}, told apart by its first bytes.
 *
 * <p>Must not look at image files.
 */
package org.fairspark.dataset.manifest;
