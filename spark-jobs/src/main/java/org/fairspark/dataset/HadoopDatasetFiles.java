package org.fairspark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
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
record HadoopDatasetFiles(String root, Configuration hadoop, Optional<JavaSparkContext> spark)
    implements DatasetFiles {
  /** Below this a Spark job costs more than it saves. */
  private static final int MASKS_ON_DRIVER = 256;

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
  public Set<String> black(Collection<FileItem> masks) {
    return ofPixels(masks, Pixels.BLACK);
  }

  @Override
  public Set<String> marked(Collection<FileItem> masks) {
    return ofPixels(masks, Pixels.MARKED);
  }

  /** What the pixels of a mask are. */
  private enum Pixels {
    BLACK,
    MARKED,
    UNREADABLE
  }

  private Set<String> ofPixels(Collection<FileItem> masks, Pixels wanted) {
    List<FileItem> files = new ArrayList<>(masks);
    if (spark.isEmpty() || files.size() <= MASKS_ON_DRIVER) {
      WholeFileReader reader = new WholeFileReader(hadoop);
      Set<String> found = new HashSet<>();
      files.stream()
          .filter(f -> pixels(reader, root, f) == wanted)
          .forEach(f -> found.add(f.name()));
      return found;
    }
    JavaSparkContext context = spark.get();
    Broadcast<SerializableConfiguration> shared =
        context.broadcast(new SerializableConfiguration(hadoop));
    String below = root;
    try {
      return new HashSet<>(
          context
              .parallelize(files, 4 * context.defaultParallelism())
              .filter(f -> pixels(new WholeFileReader(shared.value().value()), below, f) == wanted)
              .map(FileItem::name)
              .collect());
    } finally {
      shared.destroy();
    }
  }

  private static Pixels pixels(WholeFileReader reader, String root, FileItem mask) {
    String path = root + "/" + mask.name();
    try {
      return ImageFiles.isBlackMask(reader.read(path, mask.length()))
          ? Pixels.BLACK
          : Pixels.MARKED;
    } catch (UnreadableFileException e) {
      // Preparing reads it again and tells what is wrong with it.
      return Pixels.UNREADABLE;
    } catch (IOException e) {
      throw WholeFileReader.failure(path, e);
    }
  }
}
