package org.fairspark.files;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Hadoop's local file system, checksum files and all, without a process for each file: what Spark
 * itself writes local tables through. Hadoop's own starts {@code chmod} twice for each Parquet file
 * and once for each folder on its way.
 */
public final class LocalFilesWithChecksums extends LocalFileSystem {
  private static final String CLASS = "fs.file.impl";

  /** Made by Hadoop, which initializes it. */
  public LocalFilesWithChecksums() {
    super(new LocalFiles());
  }

  /**
   * Has the jobs of a Spark that has started write through it, unless the user named another class.
   * It is no setting to start Spark with: what fetches the jar itself would look for the class.
   *
   * @param hadoop of the Spark context
   */
  public static void use(Configuration hadoop) {
    if (hadoop.get(CLASS) == null) {
      hadoop.set(CLASS, LocalFilesWithChecksums.class.getName());
      // Hadoop keeps the first file system made of each scheme, which was its own.
      hadoop.setBoolean(CLASS + ".disable.cache", true);
    }
  }
}
