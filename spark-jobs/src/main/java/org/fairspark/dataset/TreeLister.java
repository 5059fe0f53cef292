package org.fairspark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.failure.FairException;
import org.fairspark.files.PathNames;

/**
 * Lists a tree of files level by level. A level of few folders is listed on the driver, one of many
 * is spread over the executors; only names, lengths and times come back.
 */
final class TreeLister {
  /** Below this a Spark job costs more than it saves. */
  static final int FOLDERS_ON_DRIVER = 64;

  private static final int MAX_DEPTH = 64;

  private final Configuration hadoop;
  private final Optional<JavaSparkContext> spark;
  private final int foldersOnDriver;

  TreeLister(Configuration hadoop, Optional<JavaSparkContext> spark) {
    this(hadoop, spark, FOLDERS_ON_DRIVER);
  }

  TreeLister(Configuration hadoop, Optional<JavaSparkContext> spark, int foldersOnDriver) {
    this.hadoop = hadoop;
    this.spark = spark;
    this.foldersOnDriver = foldersOnDriver;
  }

  /**
   * Resolves a root to an absolute URI.
   *
   * @param key the setting that names it, for the messages
   * @throws FairException if there is no such folder, or it cannot be looked at
   */
  String root(String key, String location) {
    try {
      Path path = new Path(location);
      FileSystem fs = path.getFileSystem(hadoop);
      FileStatus status = fs.getFileStatus(path);
      if (!status.isDirectory()) {
        throw FairException.refused(
            key + " is a file, not a folder", location, "give the folder that holds the images");
      }
      String root = fs.makeQualified(path).toString();
      return root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    } catch (FileNotFoundException e) {
      throw FairException.refused(
          key + " does not exist",
          location,
          "check the spelling; "
              + (location.contains("%")
                  ? "names are taken as they are: %20 is no space"
                  : "a relative path starts at the working directory "
                      + System.getProperty("user.dir")),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw FairException.refused(
          key + " cannot be read: " + e.getMessage(),
          location,
          "check that the address is right and that this user may read it",
          e);
    }
  }

  /** Lists one folder only. */
  FileTree shallow(String root) {
    return list(root, folder -> false);
  }

  /**
   * Lists a tree.
   *
   * @param root as {@link #root} gives it
   * @param wanted whether to list a folder (relative to the root)
   * @throws FairException if the file system fails
   */
  FileTree list(String root, Predicate<String> wanted) {
    List<FileItem> files = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    Ignored ignored = Ignored.NONE;
    List<String> level = List.of("");
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > MAX_DEPTH) {
        throw FairException.refused(
            "folders lie more than " + MAX_DEPTH + " deep",
            root + "/" + level.get(0),
            "check for a folder that contains itself");
      }
      List<String> next = new ArrayList<>();
      for (FolderListing listing : level(root, level)) {
        files.addAll(listing.images());
        folders.addAll(listing.folders());
        ignored = ignored.plus(listing.ignored());
        listing.folders().stream().filter(wanted).forEach(next::add);
      }
      level = next;
    }
    return new FileTree(root, files, folders, ignored);
  }

  private List<FolderListing> level(String root, List<String> folders) {
    if (spark.isEmpty() || folders.size() <= foldersOnDriver) {
      return folders.stream().map(folder -> read(hadoop, root, folder)).toList();
    }
    JavaSparkContext context = spark.get();
    Broadcast<SerializableConfiguration> shared =
        context.broadcast(new SerializableConfiguration(hadoop));
    try {
      int partitions = Math.min(folders.size(), 4 * context.defaultParallelism());
      return context
          .parallelize(folders, partitions)
          .map(folder -> read(shared.value().value(), root, folder))
          .collect();
    } finally {
      shared.destroy();
    }
  }

  private static FolderListing read(Configuration hadoop, String root, String folder) {
    try {
      return FolderListing.read(hadoop, root, folder);
    } catch (IOException e) {
      throw FairException.refused(
          "a folder cannot be listed: " + e.getMessage(),
          PathNames.join(root, folder),
          "check that its store can be reached and that this user may read it",
          e);
    }
  }
}
