package org.fairspark.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.dataset.FolderListing.Folder;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;
import org.fairspark.files.TreeRoot;

/**
 * A lister of a tree of files, level by level. A level of few folders is listed on the driver, one
 * of many is spread over the executors; only names, lengths and times come back.
 */
final class TreeLister {
  /** Below this a Spark job costs more than it saves. */
  static final int FOLDERS_ON_DRIVER = 64;

  private final Configuration hadoop;
  private final Optional<Supplier<JavaSparkContext>> spark;
  private final int foldersOnDriver;

  TreeLister(Configuration hadoop, Optional<Supplier<JavaSparkContext>> spark) {
    this(hadoop, spark, FOLDERS_ON_DRIVER);
  }

  TreeLister(
      Configuration hadoop, Optional<Supplier<JavaSparkContext>> spark, int foldersOnDriver) {
    this.hadoop = hadoop;
    this.spark = spark;
    this.foldersOnDriver = foldersOnDriver;
  }

  /** Lists one folder only. */
  FileTree shallow(String root) {
    return list(root, folder -> false);
  }

  /**
   * Lists a tree.
   *
   * @param root as {@link TreeRoot#resolve} gives it
   * @param wanted whether to list a folder (relative to the root); hidden ones are counted always
   * @throws FairException if the file system fails
   */
  FileTree list(String root, Predicate<String> wanted) {
    List<FileItem> files = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    Omissions.Counter left = new Omissions.Counter();
    List<Folder> level = List.of(Folder.ROOT);
    for (int depth = 0; !level.isEmpty(); depth++) {
      TreeRoot.requireDepth(depth, root, level.get(0).name());
      List<Folder> next = new ArrayList<>();
      for (FolderListing listing : level(root, level)) {
        files.addAll(listing.images());
        left.all(listing.left());
        for (Folder folder : listing.folders()) {
          if (folder.omission() == null) {
            folders.add(folder.name());
          }
          if (folder.omission() != null || wanted.test(folder.name())) {
            next.add(folder);
          } else {
            left.folder(Omission.NOT_ASKED_FOR, folder.name());
          }
        }
      }
      level = next;
    }
    return new FileTree(root, files, folders, left.sum());
  }

  private List<FolderListing> level(String root, List<Folder> folders) {
    if (spark.isEmpty() || folders.size() <= foldersOnDriver) {
      return folders.stream().map(folder -> read(hadoop, root, folder)).toList();
    }
    JavaSparkContext context = spark.get().get();
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

  private static FolderListing read(Configuration hadoop, String root, Folder folder) {
    try {
      return FolderListing.read(hadoop, root, folder);
    } catch (IOException e) {
      throw FairException.refused(
          "a folder cannot be listed: " + e.getMessage(),
          PathNames.join(root, folder.name()),
          "check that its store can be reached and that this user may read it",
          e);
    }
  }
}
