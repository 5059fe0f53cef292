package org.fairspark.spark.device;

import java.util.Comparator;

/** The generation of a GPU: machine code for X.Y runs on X.Z where Z is Y or more. */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {
  private static final Comparator<ComputeCapability> ORDER =
      Comparator.comparingInt(ComputeCapability::major).thenComparingInt(ComputeCapability::minor);

  /**
   * Parses text such as {@code 8.6}.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static ComputeCapability parse(String text) {
    String[] parts = text.strip().split("\\.", -1);
    try {
      if (parts.length == 2) {
        return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      }
    } catch (NumberFormatException e) {
      // Reported below, with the text.
    }
    throw new IllegalArgumentException("not a compute capability such as 8.6: '" + text + "'");
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return ORDER.compare(this, other);
  }

  /** Returns the capability as NVIDIA's compiler writes it, for example {@code sm_86}. */
  @Override
  public String toString() {
    return "sm_" + major + minor;
  }
}
