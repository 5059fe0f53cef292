/**
 * Files of any Hadoop file system: listing folders, reading with retries, the meaning of names.
 *
 * <p>What several commands do with files is here once: {@link org.fairspark.files.TreeRoot}
 * resolves a root, {@link org.fairspark.files.FolderEntries} lists a folder, {@link
 * org.fairspark.files.RetryPolicy} repeats what failed transiently, and {@link
 * org.fairspark.files.AbstractIterator} is the base of everything that comes one at a time. {@link
 * org.fairspark.files.PathNames} knows images by the suffixes of {@code ImageDecoder}: a new image
 * format is one codec in {@code org.fairspark.image.codec}. {@link org.fairspark.files.RawFiles}
 * opens files as they are, {@link org.fairspark.files.MaskWords} knows masks by their names, and
 * {@link org.fairspark.files.Omissions} counts what is left out, by {@link
 * org.fairspark.files.Omission}.
 *
 * <p>Must not know data sets, tables or jobs.
 */
package org.fairspark.files;
