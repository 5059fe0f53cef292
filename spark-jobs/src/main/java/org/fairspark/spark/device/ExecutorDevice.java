package org.fairspark.spark.device;

import org.fairspark.cache.ProcessCache;
import org.fairspark.network.backend.NativeBackend;

/** The GPUs that this process computes on; asked once per assignment, as asking takes a second. */
final class ExecutorDevice {
  /** Verdicts of this process; a handful, as an executor has few GPUs. */
  private static final ProcessCache<GpuAssignment, GpuCheck.Verdict> VERDICTS =
      ProcessCache.ofAll();

  private ExecutorDevice() {}

  /** Returns the verdict on the GPUs given. */
  static GpuCheck.Verdict verdict(GpuAssignment assignment) {
    return VERDICTS.get(
        assignment,
        given -> new GpuCheck(NativeBackend.hasCuda()).check(NvidiaSmi.ask(), given.indexes()));
  }
}
