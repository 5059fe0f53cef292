package org.fairspark.spark.device;

import java.util.List;
import java.util.Optional;
import org.fairspark.cache.ProcessCache;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.pytorch.PytorchLibrary;

/** The GPUs that this process computes on; asked once per assignment, as asking takes a second. */
final class ExecutorDevice {
  /** Verdicts of this process; a handful, as an executor has few GPUs. */
  private static final ProcessCache<GpuAssignment, GpuCheck.Verdict> VERDICTS =
      ProcessCache.ofAll();

  private static final ProcessCache<GpuAssignment, GpuCheck.Verdict> PYTORCH = ProcessCache.ofAll();

  /** What Spark gave to this process; its tasks may have a part of it each, or none. */
  private static volatile GpuAssignment given = new GpuAssignment(List.of());

  private ExecutorDevice() {}

  /** Keeps what Spark gave to this process. */
  static void give(GpuAssignment gpus) {
    given = gpus;
  }

  /** Returns what Spark gave to this process. */
  static GpuAssignment given() {
    return given;
  }

  /**
   * Returns the verdict that is to be told: of PyTorch where it alone can use the GPUs, else of
   * Deeplearning4j.
   */
  static GpuCheck.Verdict best(GpuAssignment assignment) {
    return onlyPytorch(assignment) ? pytorch(assignment) : verdict(assignment);
  }

  /** Returns whether PyTorch can train on the GPUs given, and Deeplearning4j cannot. */
  static boolean onlyPytorch(GpuAssignment assignment) {
    return PytorchLibrary.isBuiltInForCuda()
        && verdict(assignment).place() != GpuCheck.ComputePlace.GPU
        && pytorch(assignment).place() == GpuCheck.ComputePlace.GPU;
  }

  /** Returns the verdict on training by PyTorch on the GPUs given. */
  static GpuCheck.Verdict pytorch(GpuAssignment assignment) {
    return PYTORCH.get(
        assignment,
        given ->
            GpuCheck.ofPytorch(
                    PytorchLibrary.isBuiltInForCuda()
                        ? PytorchLibrary.obstacle(true).map(PytorchLibrary.Obstacle::line)
                        : Optional.of("build with -Ppytorch-gpu"))
                .check(NvidiaSmi.ask(), given.indexes()));
  }

  /** Returns the verdict on the GPUs given. */
  static GpuCheck.Verdict verdict(GpuAssignment assignment) {
    return VERDICTS.get(
        assignment,
        given -> new GpuCheck(NativeBackend.hasCuda()).check(NvidiaSmi.ask(), given.indexes()));
  }
}
