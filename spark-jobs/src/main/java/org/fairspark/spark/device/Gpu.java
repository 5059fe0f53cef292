package org.fairspark.spark.device;

import java.util.Objects;

/**
 * A GPU as {@code nvidia-smi} describes it.
 *
 * @param index its number there, in the order of the PCI bus
 * @param name human-readable, for example {@code NVIDIA A100-SXM4-40GB}
 * @param driver version of the driver, for example {@code 535.161.08}
 * @param capability compute capability, or null where the driver is too old to say
 * @param totalMib memory in MiB
 * @param freeMib memory that no process uses now, in MiB
 */
public record Gpu(
    int index,
    String name,
    String driver,
    ComputeCapability capability,
    long totalMib,
    long freeMib) {

  public Gpu {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(driver, "driver");
  }

  /** Returns one line without a verdict. */
  @Override
  public String toString() {
    return "GPU %d %s (%s, driver %s, %d of %d MiB free)"
        .formatted(
            index,
            name,
            capability == null ? "compute capability unknown" : capability,
            driver,
            freeMib,
            totalMib);
  }
}
