package org.fairspark.archive;

import java.io.Serializable;
import java.util.Objects;

/**
 * An image, or an archive of images, that was listed and not yet read.
 *
 * @param path absolute URI; of an archive's member {@code ARCHIVE!/MEMBER}
 * @param name the same relative to the data root
 * @param kind the kind of file that it lies in
 * @param file the file to open: the image's own, or the archive
 * @param member its name in the archive, empty for a file
 * @param position where in the archive reading can begin; 0 for files and zips
 * @param skip records between the position and it
 * @param length bytes, as far as known without reading
 * @param modificationTime of the file or archive, milliseconds since 1970
 * @param version changes whenever the image does: a time of modification, or a checksum where the
 *     archive has one
 */
public record ImageItem(
    String path,
    String name,
    ArchiveKind kind,
    String file,
    String member,
    long position,
    int skip,
    long length,
    long modificationTime,
    String version)
    implements Serializable {

  public ImageItem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(kind, "kind");
  }

  /**
   * Returns the item of a file, of one image or of many.
   *
   * @param root the data root, without a slash at the end
   * @param name of the file below it
   */
  public static ImageItem of(
      ArchiveKind kind, String root, String name, long length, long modificationTime) {
    String path = root + "/" + name;
    return new ImageItem(
        path, name, kind, path, "", 0, 0, length, modificationTime, "t" + modificationTime);
  }

  /**
   * Returns the item of a member of the archive that this item is.
   *
   * @param memberLength bytes, as far as known without reading
   * @param memberVersion as {@link #version}
   */
  ImageItem member(String memberName, long memberLength, String memberVersion) {
    String below = "!/" + memberName;
    return new ImageItem(
        path + below,
        name + below,
        kind,
        file,
        memberName,
        0,
        0,
        memberLength,
        modificationTime,
        memberVersion);
  }

  /** Returns this member with the place in the archive where it is read. */
  ImageItem at(long from, int records) {
    return new ImageItem(
        path, name, kind, file, member, from, records, length, modificationTime, version);
  }
}
