package org.fairspark.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files of any Hadoop file system as they are. Hadoop's local file system looks for a checksum file
 * beside each that it opens: it takes a stale one for damage, and cannot even form its name where a
 * file's name holds a colon, as times of day do.
 */
public final class RawFiles {
  private RawFiles() {}

  /** Returns the file system of a path, without checksum files beside local ones. */
  public static FileSystem of(Configuration hadoop, Path path) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return fs instanceof LocalFileSystem local ? local.getRaw() : fs;
  }

  /** Opens a file. */
  public static FSDataInputStream open(Configuration hadoop, Path path) throws IOException {
    return of(hadoop, path).open(path);
  }
}
