package org.fairspark.spark.device;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fairspark.network.backend.NativeBackend;

/** The GPUs that this process computes on; asked once per assignment, as asking takes a second. */
final class ExecutorDevice {
  /** Verdicts of this process; a handful, as an executor has few GPUs. */
  private static final Map<GpuAssignment, GpuCheck.Verdict> VERDICTS = new ConcurrentHashMap<>();

  private ExecutorDevice() {}

  /** Returns the verdict on the GPUs given. */
  static GpuCheck.Verdict verdict(GpuAssignment assignment) {
    return VERDICTS.computeIfAbsent(
        assignment,
        given -> new GpuCheck(NativeBackend.hasCuda()).judge(NvidiaSmi.ask(), given.indexes()));
  }
}
