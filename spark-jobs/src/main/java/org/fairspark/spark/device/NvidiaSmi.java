package org.fairspark.spark.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * NVIDIA's own tool, asked for the GPUs of the machine; it comes with the driver, on every
 * platform.
 */
public final class NvidiaSmi {
  private static final String TOOL = "nvidia-smi";
  private static final int TIMEOUT_SECONDS = 20;
  private static final List<String> FIELDS =
      List.of("index", "name", "driver_version", "memory.total", "memory.free", "compute_cap");

  private NvidiaSmi() {}

  /**
   * The GPUs that were found, or why they are not known.
   *
   * @param gpus all GPUs of the machine, none where there is no driver
   * @param problem why nothing is known, or empty
   */
  public record Listing(List<Gpu> gpus, String problem) {
    public Listing {
      gpus = List.copyOf(gpus);
    }
  }

  /** Asks the tool on the path. Never fails: a machine without GPUs is an ordinary machine. */
  public static Listing ask() {
    return ask(TOOL);
  }

  static Listing ask(String tool) {
    Listing found = ask(tool, FIELDS);
    // Older drivers' tools do not know the last field, and say so.
    return found.problem().contains("compute_cap")
        ? ask(tool, FIELDS.subList(0, FIELDS.size() - 1))
        : found;
  }

  private static Listing ask(String tool, List<String> fields) {
    try {
      Process process =
          new ProcessBuilder(
                  tool, "--query-gpu=" + String.join(",", fields), "--format=csv,noheader,nounits")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      // A faulty driver can hang the tool: reading must end when waiting does.
      Thread watch =
          new Thread(
              () -> {
                try {
                  if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                  }
                } catch (InterruptedException e) {
                  process.destroyForcibly();
                }
              },
              TOOL + " watch");
      watch.setDaemon(true);
      watch.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        return new Listing(List.of(), TOOL + " ended with " + code + ": " + firstLine(output));
      }
      return new Listing(parse(output), "");
    } catch (IOException e) {
      return new Listing(List.of(), "no " + TOOL + " on the path");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Listing(List.of(), "interrupted while asking " + TOOL);
    } catch (IllegalArgumentException e) {
      return new Listing(List.of(), TOOL + " said what is not understood: " + e.getMessage());
    }
  }

  /**
   * Reads the tool's answer to {@code --query-gpu=index,name,driver_version,memory.total,
   * memory.free,compute_cap --format=csv,noheader,nounits}; the last field may be missing.
   *
   * @throws IllegalArgumentException naming the line, where it is not that
   */
  static List<Gpu> parse(String csv) {
    List<Gpu> gpus = new ArrayList<>();
    for (String line : csv.lines().filter(l -> !l.isBlank()).toList()) {
      // No name of a GPU holds a comma.
      String[] values = line.split(",", -1);
      if (values.length < FIELDS.size() - 1 || values.length > FIELDS.size()) {
        throw new IllegalArgumentException("'" + line + "'");
      }
      try {
        gpus.add(
            new Gpu(
                Integer.parseInt(values[0].strip()),
                values[1].strip(),
                values[2].strip(),
                values.length == FIELDS.size() ? capability(values[5]) : null,
                mib(values[3]),
                mib(values[4])));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("'" + line + "'", e);
      }
    }
    return gpus;
  }

  private static ComputeCapability capability(String text) {
    return isUnknown(text) ? null : ComputeCapability.parse(text);
  }

  private static long mib(String text) {
    return isUnknown(text) ? 0 : Long.parseLong(text.strip());
  }

  /** Tells whether a value is unknown, such as {@code [N/A]} or {@code [Not Supported]}. */
  private static boolean isUnknown(String text) {
    return text.strip().startsWith("[");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("no output");
  }
}
