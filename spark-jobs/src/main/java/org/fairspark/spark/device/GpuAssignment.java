package org.fairspark.spark.device;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.resource.ResourceInformation;

/**
 * The GPUs that Spark gave to an executor or a task.
 *
 * @param indexes as the discovery script numbered them: the order of the PCI bus, from 0
 */
public record GpuAssignment(List<Integer> indexes) {
  /** Spark's name for the resource. */
  public static final String RESOURCE = "gpu";

  public GpuAssignment {
    indexes = List.copyOf(indexes);
  }

  /**
   * Reads what {@code TaskContext.resourcesJMap()} or a plugin's {@code resources()} say.
   *
   * @throws IllegalArgumentException if an address is not a number
   */
  public static GpuAssignment of(Map<String, ResourceInformation> resources) {
    ResourceInformation gpus = resources.get(RESOURCE);
    if (gpus == null) {
      return new GpuAssignment(List.of());
    }
    return new GpuAssignment(Arrays.stream(gpus.addresses()).map(GpuAssignment::index).toList());
  }

  /** Returns one of the GPUs, in turns; none where there is none. */
  GpuAssignment inTurn(int turn) {
    return isEmpty()
        ? this
        : new GpuAssignment(List.of(indexes.get(Math.floorMod(turn, indexes.size()))));
  }

  public boolean isEmpty() {
    return indexes.isEmpty();
  }

  /**
   * Returns CUDA's own number of the first GPU, in a process where {@code
   * CUDA_DEVICE_ORDER=PCI_BUS_ID}.
   *
   * @param visible the process's {@code CUDA_VISIBLE_DEVICES}, which makes CUDA count only those it
   *     names, in that order; null where it is not set
   * @throws IllegalStateException if none was given, or CUDA must not see the one given
   */
  public int ordinal(String visible) {
    if (indexes.isEmpty()) {
      throw new IllegalStateException("Spark gave no GPU to this task");
    }
    String index = indexes.get(0).toString();
    if (visible == null || visible.isBlank()) {
      return indexes.get(0);
    }
    int ordinal = Arrays.stream(visible.split(",", -1)).map(String::strip).toList().indexOf(index);
    if (ordinal < 0) {
      throw new IllegalStateException(
          "Spark gave GPU %s, but CUDA_VISIBLE_DEVICES is '%s'; take one of the two away"
              .formatted(index, visible));
    }
    return ordinal;
  }

  private static int index(String address) {
    try {
      return Integer.parseInt(address.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "GPU address '%s' is not a number; use conf/gpu/discover-gpus.sh".formatted(address), e);
    }
  }
}
