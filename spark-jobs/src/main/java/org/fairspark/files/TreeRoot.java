package org.fairspark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;

/** The root of a tree of folders that is listed level by level. */
public final class TreeRoot {
  private static final int MAX_DEPTH = 64;

  private TreeRoot() {}

  /**
   * Resolves a root to an absolute URI without a slash at the end.
   *
   * @param setting the key that names the root, for messages
   * @param location any Hadoop file-system URI or a local path
   * @throws FairException if there is no such folder, or it cannot be looked at
   */
  public static String resolve(Configuration hadoop, String setting, String location) {
    try {
      Path path = new Path(location);
      FileSystem fs = path.getFileSystem(hadoop);
      if (!fs.getFileStatus(path).isDirectory()) {
        throw FairException.refused(
            setting + " is a file, not a folder",
            location,
            "give the folder that holds the images");
      }
      String root = fs.makeQualified(path).toString();
      return root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    } catch (FileNotFoundException e) {
      throw FairException.refused(
          setting + " does not exist",
          location,
          "check the spelling; "
              + (location.contains("%")
                  ? "names are taken as they are: %20 is no space"
                  : "a relative path starts at the working directory "
                      + System.getProperty("user.dir")),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw FairException.refused(
          setting + " cannot be read: " + e.getMessage(),
          location,
          "check that the address is right and that this user may read it",
          e);
    }
  }

  /**
   * Checks the depth of a level of folders, so that listing a folder that contains itself ends.
   *
   * @param depth 0 for the root
   * @param folder one of the level, relative to the root
   * @throws FairException if folders lie more than {@value #MAX_DEPTH} deep
   */
  public static void requireDepth(int depth, String root, String folder) {
    if (depth > MAX_DEPTH) {
      throw FairException.refused(
          "folders lie more than %d deep".formatted(MAX_DEPTH),
          PathNames.join(root, folder),
          "check for a folder that contains itself");
    }
  }
}
