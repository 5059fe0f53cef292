/**
 * Images inside tar, zip and Hadoop sequence files: their members, one at a time, and the bytes of
 * each.
 *
 * <p>To add an archive format, implement {@code OpenArchive} beside {@code TarReader}, give it a
 * kind with its file names in {@link org.fairspark.archive.ArchiveKind}, and open it in {@code
 * OpenArchive.open}.
 *
 * <p>Must not decode pixels, and must not hold a whole listing.
 */
package org.fairspark.archive;
