package org.fairspark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.FolderEntries;
import org.fairspark.files.ImageFiles;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;
import org.fairspark.files.RawFiles;
import org.fairspark.files.WholeFileReader;

/**
 * Files beside the listed images, of any Hadoop file system.
 *
 * @param root the data root as an absolute URI, without a slash at the end
 * @param spark spreads the reading of many masks, where there is one
 */
record HadoopDatasetFiles(
    String root, Configuration hadoop, Optional<Supplier<JavaSparkContext>> spark)
    implements DatasetFiles {
  /** Below this a Spark job costs more than it saves, with files of this machine. */
  private static final int MASKS_ON_DRIVER = 256;

  /** The same with files of a store, of which each costs a request. */
  private static final int FAR_MASKS_ON_DRIVER = 16;

  @Override
  public String text(String name) throws IOException {
    Path path = new Path(root + "/" + name);
    try (InputStream in = RawFiles.open(hadoop, path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String qualified(String path) {
    // Tables of AWS say s3, which Hadoop reads by its file system s3a unless another is set up.
    String known =
        path.startsWith("s3://") && hadoop.get("fs.s3.impl") == null
            ? "s3a" + path.substring(2)
            : path;
    try {
      Path hadoopPath = new Path(known);
      return hadoopPath.getFileSystem(hadoop).makeQualified(hadoopPath).toString();
    } catch (IOException | IllegalArgumentException e) {
      throw FairException.refused(
          "the table of images names a file in a file system that cannot be reached: "
              + e.getMessage(),
          path,
          "check the address, and that Spark has this file system's library and credentials",
          e);
    }
  }

  @Override
  public Map<String, FileItem> find(Collection<String> uris) {
    Map<String, Set<String>> byFolder = new HashMap<>();
    for (String uri : uris) {
      byFolder.computeIfAbsent(PathNames.folder(uri), f -> new HashSet<>()).add(uri);
    }
    Map<String, FileItem> found = new HashMap<>();
    byFolder.forEach((folder, wanted) -> look(folder, wanted, found));
    return found;
  }

  private void look(String folder, Set<String> wanted, Map<String, FileItem> found) {
    try (FolderEntries entries = FolderEntries.open(hadoop, folder, "")) {
      while (entries.hasNext()) {
        FolderEntries.Entry entry = entries.next();
        String uri = folder + "/" + entry.name();
        if (!entry.folder() && wanted.contains(uri) && isUsable(folder, entry.omission())) {
          found.put(uri, new FileItem(uri, entry.length(), entry.modificationTime()));
        }
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      // No such folder, so none of these files.
    } catch (IOException | UncheckedIOException e) {
      throw FairException.refused(
          "a folder that the table of images names cannot be listed: " + e.getMessage(),
          folder,
          "check that its store can be reached and that this user may read it",
          e);
    }
  }

  /** Returns whether a file may be used: outside of the data root also one that a link leads to. */
  private boolean isUsable(String folder, Omission omission) {
    boolean below = folder.equals(root) || folder.startsWith(root + "/");
    return omission == null
        || (!below && (omission == Omission.HIDDEN || omission == Omission.LINK_OUTSIDE));
  }

  @Override
  public Set<String> black(Collection<MaskFile> masks) {
    return those(
        masks.stream().map(mask -> new Mask(mask, Mask.BLACK)).toList(),
        (file, background) -> ImageFiles.isBlackMask(file));
  }

  @Override
  public Set<String> marked(Collection<Mask> masks) {
    return those(
        List.copyOf(masks), (file, background) -> !ImageFiles.isPlainMask(file, background));
  }

  /** A question about the pixels of a mask. */
  private interface Test extends Serializable {
    boolean holds(byte[] file, int background) throws UnreadableFileException;
  }

  /** Returns the names of the masks that something holds of; of none that cannot be read. */
  private Set<String> those(List<Mask> masks, Test test) {
    int onDriver = root.startsWith("file:") ? MASKS_ON_DRIVER : FAR_MASKS_ON_DRIVER;
    if (spark.isEmpty() || masks.size() <= onDriver) {
      WholeFileReader reader = new WholeFileReader(hadoop);
      Set<String> found = new HashSet<>();
      masks.stream()
          .filter(mask -> holds(reader, mask, test))
          .forEach(mask -> found.add(mask.file().name()));
      return found;
    }
    JavaSparkContext context = spark.get().get();
    Broadcast<SerializableConfiguration> shared =
        context.broadcast(new SerializableConfiguration(hadoop));
    try {
      return new HashSet<>(
          context
              .parallelize(masks, 4 * context.defaultParallelism())
              .filter(m -> holds(new WholeFileReader(shared.value().value()), m, test))
              .map(mask -> mask.file().name())
              .collect());
    } finally {
      shared.destroy();
    }
  }

  private static boolean holds(WholeFileReader reader, Mask mask, Test test) {
    String path = mask.file().path();
    try {
      return test.holds(reader.read(path, mask.file().length()), mask.background());
    } catch (UnreadableFileException e) {
      // Preparing reads it again and tells what is wrong with it.
      return false;
    } catch (IOException e) {
      throw WholeFileReader.failure(path, e);
    }
  }
}
