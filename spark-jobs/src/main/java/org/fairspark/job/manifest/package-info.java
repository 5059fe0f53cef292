/**
 * {@code manifest}: the table of images that a layout yields, to be edited and read again with
 * {@code data.layout = manifest}.
 *
 * <p>Columns and cells are those of {@code org.fairspark.dataset.ManifestWriter}.
 *
 * <p>Must not open images; masks that say what an image shows are read.
 */
package org.fairspark.job.manifest;
