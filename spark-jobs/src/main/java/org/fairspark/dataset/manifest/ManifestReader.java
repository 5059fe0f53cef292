package org.fairspark.dataset.manifest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.fairspark.failure.FairException;
import org.fairspark.files.RawFiles;

/**
 * A reader of tables of images from any Hadoop file system. Whether a file is CSV, JSON lines or
 * Parquet is seen by its first bytes, not by its name; files of text may be compressed. A folder is
 * read as all the files in it.
 */
public final class ManifestReader {
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Configuration hadoop;
  private final String setting;

  /** Makes a reader of what {@code data.manifest} names. */
  public ManifestReader(Configuration hadoop) {
    this(hadoop, "data.manifest");
  }

  /**
   * Makes a reader.
   *
   * @param setting the key that names the table, for messages
   */
  public ManifestReader(Configuration hadoop, String setting) {
    this.hadoop = hadoop;
    this.setting = setting;
  }

  /**
   * The rows of one file.
   *
   * @param columns in the order of the file
   */
  record Content(Set<String> columns, List<ManifestRow> rows) {}

  /**
   * A way to name the rows of a file.
   *
   * @param prefix the file's name and a comma where there are several files, else empty
   * @param split that the file's name tells, or empty
   */
  record Naming(String prefix, String split) {
    String place(long number) {
      return "%srow %d".formatted(prefix, number);
    }
  }

  /**
   * Reads a table.
   *
   * @param location file or folder, of any Hadoop file system
   * @throws FairException if it is not there or is no table of images
   */
  public ManifestTable read(String location) {
    try {
      Path path = new Path(location);
      FileSystem fs = RawFiles.of(hadoop, path);
      List<Path> files = files(fs, path);
      Set<String> columns = new LinkedHashSet<>();
      List<ManifestRow> rows = new ArrayList<>();
      ManifestProblems problems = new ManifestProblems(location);
      for (Path file : files) {
        String split = splitOf(file.getName());
        String prefix = files.size() == 1 ? "" : file.getName() + ", ";
        Content content = read(fs, file, new Naming(prefix, split), problems);
        columns.addAll(content.columns());
        rows.addAll(content.rows());
      }
      requireColumns(columns, problems);
      if (rows.isEmpty()) {
        problems.add("it has no rows, only the names of columns");
        problems.requireNone();
      }
      List<String> uris = files.stream().map(f -> fs.makeQualified(f).toString()).toList();
      return new ManifestTable(uris, columns, rows, problems);
    } catch (FileNotFoundException e) {
      throw FairException.refused(setting + " does not exist", location, "check the spelling", e);
    } catch (CharacterCodingException e) {
      throw FairException.refused(
          "the table of images is not text in UTF-8",
          location,
          "save it as CSV in UTF-8, as JSON lines or as Parquet",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw FairException.refused(
          "the table of images cannot be read: " + e.getMessage(),
          location,
          "check that the address is right and that this user may read it",
          e);
    }
  }

  private List<Path> files(FileSystem fs, Path path) throws IOException {
    if (!fs.getFileStatus(path).isDirectory()) {
      return List.of(path);
    }
    List<Path> files =
        Stream.of(fs.listStatus(path))
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(file -> !file.getName().startsWith("_") && !file.getName().startsWith("."))
            .sorted(Comparator.comparing(Path::getName))
            .toList();
    if (files.isEmpty()) {
      throw FairException.refused(
          setting + " is a folder without a table",
          path.toString(),
          "give a file of CSV, JSON lines or Parquet, or a folder of them");
    }
    return files;
  }

  private static void requireColumns(Set<String> columns, ManifestProblems problems) {
    for (ManifestColumn column : ManifestColumn.values()) {
      List<String> names =
          columns.stream()
              .filter(name -> ManifestColumn.named(name).filter(column::equals).isPresent())
              .toList();
      if (names.isEmpty() && column == ManifestColumn.PATH) {
        problems.add(
            columns.isEmpty()
                ? "it is empty"
                : "there is no column path; there are: " + String.join(", ", columns));
        problems.requireNone();
      }
      if (names.size() > 1) {
        problems.add("several columns mean " + column.title() + ": " + String.join(", ", names));
      }
    }
  }

  private Content read(FileSystem fs, Path file, Naming naming, ManifestProblems problems)
      throws IOException {
    byte[] bytes = bytes(fs, file);
    if (bytes.length >= PARQUET.length && Arrays.equals(bytes, 0, 4, PARQUET, 0, 4)) {
      return ParquetManifest.read(file.toString(), naming);
    }
    String text = text(bytes);
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[")
        ? JsonManifest.read(text, naming, problems)
        : CsvManifest.read(text, naming, problems);
  }

  /** Returns a file's bytes; of a Parquet file, which has its own reader, the first alone. */
  private byte[] bytes(FileSystem fs, Path file) throws IOException {
    try (InputStream in = fs.open(file)) {
      byte[] first = in.readNBytes(PARQUET.length);
      if (Arrays.equals(first, PARQUET)) {
        return first;
      }
    }
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    try (InputStream in = fs.open(file);
        InputStream plain = codec == null ? in : codec.createInputStream(in)) {
      return plain.readAllBytes();
    }
  }

  /** Decodes UTF-8, or UTF-16 with its mark, as spreadsheets save "Unicode text". */
  private static String text(byte[] bytes) throws CharacterCodingException {
    boolean utf16 =
        bytes.length >= 2
            && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    Charset charset = utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Returns the split that a file's name begins with: train.manifest, test-2.jsonl. */
  private static String splitOf(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return Stream.of("train", "calibration", "validation", "test")
        .filter(word -> name.matches(word + "([^a-z].*)?"))
        .findFirst()
        .map(word -> word.equals("validation") ? "calibration" : word)
        .orElse("");
  }
}
