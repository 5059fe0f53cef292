package org.fairspark.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fairspark.failure.FairException;
import org.fairspark.files.RawFiles;

/** The folder that a run writes into. */
public final class OutputRoot {
  private static final String KEY = "output.root";

  /** The scheme of a URI, and the machine and port or the bucket that may follow it. */
  private static final Pattern BEFORE_THE_PATH =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*|(?=/))");

  private final FileSystem fs;
  private final Path path;
  private final Map<String, Path> elsewhere;

  private OutputRoot(FileSystem fs, Path path, Map<String, Path> elsewhere) {
    this.fs = fs;
    this.path = path;
    this.elsewhere = Map.copyOf(elsewhere);
  }

  /**
   * Returns this root with one table or folder kept elsewhere on the same file system, shared with
   * other roots.
   *
   * @param name what lies elsewhere, such as {@code images}
   * @param place its folder
   */
  public OutputRoot sharing(String name, Path place) {
    Map<String, Path> more = new HashMap<>(elsewhere);
    more.put(name, place);
    return new OutputRoot(fs, path, more);
  }

  /**
   * Names an output root; nothing is made or written.
   *
   * @param location any Hadoop file-system URI or a local path
   * @throws FairException if the address cannot be understood
   */
  public static OutputRoot of(Configuration hadoop, String location) {
    if (BEFORE_THE_PATH.matcher(location).replaceFirst("").indexOf(':') >= 0) {
      throw FairException.refused(
          KEY + " holds a colon, which the names of Hadoop's files cannot",
          location,
          "give another output.root, for example with - in place of :");
    }
    try {
      Path path = new Path(location);
      FileSystem fs = path.getFileSystem(hadoop);
      Path qualified = fs.makeQualified(path);
      // Without Hadoop's checksum files beside the few small files that people may look into.
      return new OutputRoot(RawFiles.of(fs), qualified, Map.of());
    } catch (IOException | IllegalArgumentException e) {
      throw notWritable(location, e);
    }
  }

  /** Returns the absolute URI. */
  public Path path() {
    return path;
  }

  /**
   * Returns the folder of a table, or any other name directly under the root; elsewhere if it is
   * shared.
   */
  public Path path(String name) {
    Path shared = elsewhere.get(name);
    return shared == null ? new Path(path, name) : shared;
  }

  boolean exists() {
    try {
      return fs.exists(path);
    } catch (IOException e) {
      throw notWritable(path.toString(), e);
    }
  }

  public FileSystem fileSystem() {
    return fs;
  }

  /**
   * Makes the folder if it is not there and proves by a probe that files can be made in it.
   *
   * @return the time that the file system gave the probe, milliseconds since 1970: its clock, not
   *     this machine's
   * @throws FairException if the folder cannot be written to
   */
  public long requireWritable() {
    Path probe = path("_fair_probe-" + UUID.randomUUID());
    try {
      if (!fs.mkdirs(path)) {
        throw new IOException("the folder cannot be made");
      }
      fs.create(probe, false).close();
      long time = fs.getFileStatus(probe).getModificationTime();
      if (!fs.delete(probe, false)) {
        throw new IOException("a file just made cannot be removed");
      }
      return time;
    } catch (IOException e) {
      throw notWritable(path.toString(), e);
    }
  }

  /**
   * Makes sure that the output does not lie in the data or the data in the output: the next listing
   * would take results for images.
   *
   * @param dataRoot the data root as an absolute URI
   * @throws FairException if one holds the other
   */
  public void requireApartFrom(String dataRoot) {
    String data = dataRoot + "/";
    String output = path + "/";
    if (output.startsWith(data)) {
      throw FairException.refused(
          KEY + " lies in data.root",
          path + " in " + dataRoot,
          "give an output.root beside the data");
    }
    if (data.startsWith(output)) {
      String below = data.substring(output.length());
      for (String table : new String[] {"images", "samples", "maps", "scores", "quarantine"}) {
        if (below.startsWith(table + "/")) {
          throw FairException.refused(
              "data.root lies where the table " + table + "/ is to be written",
              dataRoot,
              "give another output.root");
        }
      }
    }
  }

  /** Returns the text of a file under the root, or null if there is none. */
  public String readText(Path file) {
    try (var in = fs.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The content of a file, written to a stream. */
  @FunctionalInterface
  public interface Body {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file so that it is there whole or not at all; one that is there is replaced, and stays
   * as it was if that fails.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file, Body body) throws IOException {
    new AtomicFiles(fs).write(file, body);
  }

  /**
   * Writes a file as {@link #write}, in a task of which another attempt may write it at the same
   * time: the one that ends last counts.
   */
  public void writeInTask(Path file, Body body) throws IOException {
    new AtomicFiles(fs, UUID.randomUUID() + "-").write(file, body);
  }

  /**
   * Returns whether this is an object store: a file appears only when its stream is closed, and a
   * rename copies its bytes. Data are written in their final place there.
   */
  public boolean isObjectStore() throws IOException {
    return AtomicFiles.isObjectStore(fs, path);
  }

  /** Writes a text in UTF-8, as {@link #write}. */
  public void writeText(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Gives a file or folder below this root another place there, whose parents are made. Not for an
   * object store, which copies every byte.
   *
   * @throws IOException if the file system refuses
   */
  public void rename(Path from, Path to) throws IOException {
    fs.mkdirs(to.getParent());
    new AtomicFiles(fs).rename(from, to);
  }

  /** Mends a folder of such files after a killed run, whose remains are not yet replaced. */
  public void repair(Path folder) throws IOException {
    new AtomicFiles(fs).repair(folder);
  }

  static FairException notWritable(String where, Exception cause) {
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return FairException.refused(
        KEY + " cannot be written to: " + reason.lines().findFirst().orElse(""),
        where,
        "give another output.root, or let this user write there",
        cause);
  }
}
