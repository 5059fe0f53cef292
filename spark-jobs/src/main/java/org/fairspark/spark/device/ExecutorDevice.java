package org.fairspark.spark.device;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fairspark.network.backend.NativeBackend;

/** What this process computes on; asked once for each assignment, for asking takes a second. */
final class ExecutorDevice {
  private static final Map<GpuAssignment, GpuCheck.Verdict> VERDICTS = new ConcurrentHashMap<>();

  private ExecutorDevice() {}

  /** The verdict on the GPUs given. */
  static GpuCheck.Verdict verdict(GpuAssignment assignment) {
    return VERDICTS.computeIfAbsent(
        assignment,
        given -> new GpuCheck(NativeBackend.hasCuda()).judge(NvidiaSmi.ask(), given.indexes()));
  }
}
