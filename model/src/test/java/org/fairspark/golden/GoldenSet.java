package org.fairspark.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder of golden vectors: {@code manifest.json} and NumPy arrays, made with the paper's own
 * code or by other means apart from the code under test. Comparisons are counted, so that outputs
 * that no test has compared are found.
 */
public final class GoldenSet {
  private final Path folder;
  private final Map<String, JsonNode> entries = new LinkedHashMap<>();
  private final Set<String> checked = new LinkedHashSet<>();

  private GoldenSet(Path folder) throws IOException {
    this.folder = folder;
    JsonNode manifest =
        new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("manifest.json")));
    for (JsonNode entry : manifest.get("entries")) {
      entries.put(entry.get("name").asText(), entry);
    }
  }

  /**
   * Opens the set named by the system property {@code fair.golden}; empty if that folder is absent.
   */
  public static Optional<GoldenSet> open() {
    Path folder = Path.of(System.getProperty("fair.golden", "../../shared/golden"));
    if (!Files.exists(folder.resolve("manifest.json"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new GoldenSet(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the small set that lies beside this class and so is always there. {@code make_small.py}
   * computes it from the paper's formulas, apart from the code under test.
   */
  public static GoldenSet small() {
    try {
      Path zip = Path.of(GoldenSet.class.getResource("small.zip").toURI());
      // Closing it would close the arrays' files; it lives as long as the tests.
      return new GoldenSet(FileSystems.newFileSystem(zip).getPath("/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns all names with this prefix, in the manifest's order. */
  public List<String> names(String prefix) {
    return entries.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /**
   * Returns the groups below a prefix: for {@code a_resize/} those named {@code a_resize/0,
   * a_resize/1, ...} or otherwise in this set.
   */
  public List<String> groups(String prefix) {
    Set<String> groups = new LinkedHashSet<>();
    for (String name : names(prefix)) {
      int slash = name.indexOf('/', prefix.length());
      if (slash > 0) {
        groups.add(name.substring(0, slash));
      }
    }
    return List.copyOf(groups);
  }

  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Returns the manifest's entry, for its {@code params}, {@code value} and {@code tolerance}. */
  public JsonNode entry(String name) {
    JsonNode entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("the golden set has no entry " + name);
    }
    return entry;
  }

  public JsonNode params(String name) {
    return entry(name).get("params");
  }

  /** Returns the file of an entry. */
  public Path file(String name) {
    return folder.resolve(entry(name).get("file").asText());
  }

  /** Reads the array of an entry. */
  public Npy array(String name) {
    return Npy.read(file(name));
  }

  /**
   * Compares with the manifest's tolerance, {@code |a-b| <= atol + rtol*|b|}, and counts the array.
   */
  public void check(String name, double[] actual) {
    JsonNode tolerance = entry(name).get("tolerance");
    double atol = tolerance == null || tolerance.isNull() ? 0 : tolerance.get("atol").asDouble();
    double rtol = tolerance == null || tolerance.isNull() ? 0 : tolerance.get("rtol").asDouble();
    check(name, actual, atol, rtol);
  }

  public void check(String name, float[] actual) {
    check(name, Npy.widen(actual));
  }

  /**
   * Compares with a tolerance stricter than the manifest's, or one that its note allows, and counts
   * the array.
   */
  public void check(String name, double[] actual, double atol, double rtol) {
    JsonNode entry = entry(name);
    double[] expected =
        entry.hasNonNull("file")
            ? array(name).values()
            : new double[] {entry.get("value").asDouble()};
    if (expected.length != actual.length) {
      throw new AssertionError(
          "%s: expected %d values, got %d".formatted(name, expected.length, actual.length));
    }
    int worst = -1;
    double worstExcess = 0;
    for (int i = 0; i < expected.length; i++) {
      double excess = Math.abs(expected[i] - actual[i]) - (atol + rtol * Math.abs(expected[i]));
      if (!(excess <= 0) && (worst < 0 || excess > worstExcess || Double.isNaN(excess))) {
        worst = i;
        worstExcess = excess;
      }
    }
    if (worst >= 0) {
      throw new AssertionError(
          "%s: at %d expected %s, got %s (tolerance %s + %s relative)"
              .formatted(name, worst, expected[worst], actual[worst], atol, rtol));
    }
    markChecked(name);
  }

  /** Counts an entry that a test compared by its own means. */
  public void markChecked(String name) {
    entry(name);
    checked.add(name);
  }

  public int checkedCount() {
    return checked.size();
  }

  /** Outputs in the manifest that nothing has compared yet. */
  public Set<String> unchecked() {
    Set<String> rest = new TreeSet<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.get("role").asText().equals("output") && !checked.contains(name)) {
            rest.add(name);
          }
        });
    return rest;
  }

  /** A NumPy array in row-major order; every number type widened to double. */
  public record Npy(int[] shape, double[] values) {
    static Npy read(Path file) {
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int headerAt = bytes[6] == 1 ? 10 : 12;
      int headerLength = bytes[6] == 1 ? buffer.getShort(8) & 0xFFFF : buffer.getInt(8);
      String header = new String(bytes, headerAt, headerLength, StandardCharsets.US_ASCII);
      String type = header.replaceAll("(?s).*'descr': '([^']+)'.*", "$1");
      if (header.contains("'fortran_order': True")) {
        throw new IllegalArgumentException(file + " is in column-major order");
      }
      String inner = header.replaceAll("(?s).*'shape': \\(([^)]*)\\).*", "$1").trim();
      int[] shape =
          inner.isEmpty()
              ? new int[0]
              : Arrays.stream(inner.split(","))
                  .map(String::trim)
                  .filter(s -> !s.isEmpty())
                  .mapToInt(Integer::parseInt)
                  .toArray();
      buffer.position(headerAt + headerLength);
      int count = 1;
      for (int n : shape) {
        count *= n;
      }
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] =
            switch (type) {
              case "|u1" -> buffer.get() & 0xFF;
              case "|b1", "|i1" -> buffer.get();
              case "<i4" -> buffer.getInt();
              case "<i8" -> buffer.getLong();
              case "<f4" -> buffer.getFloat();
              case "<f8" -> buffer.getDouble();
              default -> throw new IllegalArgumentException(file + " holds unknown type " + type);
            };
      }
      return new Npy(shape, values);
    }

    /** Returns the values in single precision. */
    public float[] floats() {
      float[] narrow = new float[values.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (float) values[i];
      }
      return narrow;
    }

    /** Returns the values as unsigned bytes. */
    public byte[] bytes() {
      byte[] narrow = new byte[values.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (byte) (int) values[i];
      }
      return narrow;
    }

    /** Widens floats exactly, for {@link GoldenSet#check(String, double[])}. */
    public static double[] widen(float[] values) {
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }

    /** Widens unsigned bytes. */
    public static double[] widen(byte[] values) {
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i] & 0xFF;
      }
      return wide;
    }
  }
}
