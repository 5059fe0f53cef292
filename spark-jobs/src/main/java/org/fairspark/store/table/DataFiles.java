package org.fairspark.store.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The Parquet files of a table's folder, as its manifest lists them or as they lie there.
 *
 * @param bytes size of each file, by its path below the folder
 */
record DataFiles(SortedMap<String, Long> bytes) {
  private static final String ENDING = ".parquet";

  DataFiles {
    bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
  }

  static DataFiles of(Map<String, Long> bytes) {
    return new DataFiles(new TreeMap<>(bytes));
  }

  /**
   * Lists a folder. What readers of Parquet folders pass over is not listed: names that begin with
   * {@code _} or a dot. A folder that is not there has no files.
   */
  static DataFiles in(FileSystem fs, Path folder) throws IOException {
    SortedMap<String, Long> found = new TreeMap<>();
    // As listings spell it, whatever slashes the caller's path had.
    String root = fs.makeQualified(folder).toUri().getPath() + "/";
    try {
      RemoteIterator<LocatedFileStatus> files = fs.listFiles(folder, true);
      while (files.hasNext()) {
        LocatedFileStatus file = files.next();
        String name = file.getPath().toUri().getPath().substring(root.length());
        if (name.endsWith(ENDING) && !("/" + name).matches(".*/[_.].*")) {
          found.put(name, file.getLen());
        }
      }
    } catch (FileNotFoundException e) {
      return new DataFiles(new TreeMap<>());
    }
    return new DataFiles(found);
  }

  int count() {
    return bytes.size();
  }

  long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  DataFiles where(Predicate<String> name) {
    SortedMap<String, Long> some = new TreeMap<>(bytes);
    some.keySet().removeIf(name.negate());
    return new DataFiles(some);
  }

  DataFiles without(DataFiles others) {
    return where(name -> !others.bytes.containsKey(name));
  }

  DataFiles plus(DataFiles others) {
    SortedMap<String, Long> all = new TreeMap<>(bytes);
    all.putAll(others.bytes);
    return new DataFiles(all);
  }

  /** Returns the first file that is missing among those found or has another size there. */
  Optional<String> firstDamaged(DataFiles found) {
    return bytes.entrySet().stream()
        .filter(file -> !file.getValue().equals(found.bytes.get(file.getKey())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Returns what a reader is to open so that it reads just these files: the folder where nothing
   * else lies there, which is cheaper than naming thousands of files.
   */
  String[] toRead(Path folder, DataFiles found) {
    return equals(found)
        ? new String[] {folder.toString()}
        : bytes.keySet().stream()
            .map(name -> new Path(folder, name).toString())
            .toArray(String[]::new);
  }

  /** Removes the files from their folder. */
  void delete(FileSystem fs, Path folder) throws IOException {
    for (String name : bytes.keySet()) {
      fs.delete(new Path(folder, name), false);
    }
  }
}
