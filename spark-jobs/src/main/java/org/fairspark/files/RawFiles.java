package org.fairspark.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;

/**
 * Files of any Hadoop file system as they are. Hadoop's local file system looks for a checksum file
 * beside each that it opens: it takes a stale one for damage, and cannot even form its name where a
 * file's name holds a colon, as times of day do.
 */
public final class RawFiles {
  private static final String UTF_8 = "UTF-8";

  /** The encoding in which this process knows the names of local files. */
  private static final String ENCODING = System.getProperty("sun.jnu.encoding", UTF_8);

  private RawFiles() {}

  /**
   * Makes sure that this process can name a local file. In the locale C or POSIX, which cron,
   * containers and systemd give, Java knows no name that is not ASCII.
   *
   * @throws FairException saying what to set
   */
  static void requireName(String name, String encoding) {
    if (!encoding.equalsIgnoreCase(UTF_8) && !name.chars().allMatch(c -> c < 0x80)) {
      throw FairException.refused(
          "the name of a file is not ASCII, and this process knows names in %s only"
              .formatted(encoding),
          name,
          "set LC_ALL=C.UTF-8 where Spark is started, and for executors"
              + " -- --conf spark.executorEnv.LC_ALL=C.UTF-8");
    }
  }

  /**
   * Makes sure that this process can name a local file, as {@link #requireName(String, String)}.
   */
  static void requireName(String name) {
    requireName(name, ENCODING);
  }

  /** Returns the file system of a path, without checksum files beside local ones. */
  public static FileSystem of(Configuration hadoop, Path path) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    if (fs.getUri().getScheme().equals("file")) {
      requireName(path.toUri().getPath(), ENCODING);
    }
    return of(fs);
  }

  /** Returns a file system without checksum files, where it is this machine's. */
  public static FileSystem of(FileSystem fs) throws IOException {
    return fs instanceof LocalFileSystem ? new LocalFiles(fs.getUri(), fs.getConf()) : fs;
  }

  /** Opens a file. */
  public static FSDataInputStream open(Configuration hadoop, Path path) throws IOException {
    return of(hadoop, path).open(path);
  }
}
