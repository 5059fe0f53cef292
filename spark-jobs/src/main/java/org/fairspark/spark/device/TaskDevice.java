package org.fairspark.spark.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assignment of a task to the GPU that Spark gave to it. Called in the task, before any
 * computing.
 */
public final class TaskDevice {
  /** Instead of a GPU's number. */
  public static final int CPU = -1;

  private static final Logger LOG = LoggerFactory.getLogger(TaskDevice.class);

  private TaskDevice() {}

  /** Returns the GPUs of the running task; none on the driver. */
  public static GpuAssignment assignment() {
    TaskContext task = TaskContext.get();
    return task == null ? new GpuAssignment(List.of()) : GpuAssignment.of(task.resourcesJMap());
  }

  /**
   * Returns a GPU on which the running task may detect beside others: the one that Spark gave to
   * it, else one of its executor's, which its tasks take in turns; none on the driver.
   */
  public static GpuAssignment shared() {
    GpuAssignment own = assignment();
    TaskContext task = TaskContext.get();
    return own.isEmpty() && task != null ? ExecutorDevice.given().inTurn(task.partitionId()) : own;
  }

  /** Returns CUDA's number of the {@link #shared} GPU; empty where there is none. */
  public static OptionalInt sharedOrdinal() {
    GpuAssignment assignment = shared();
    return assignment.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ordinal(assignment));
  }

  /**
   * Returns CUDA's number of the {@link #shared} GPU, or on the driver of ND4J's first, in a build
   * with Deeplearning4j for GPUs.
   *
   * @throws IllegalStateException if there is none, or it cannot be used
   */
  public static int sharedByDl4j() {
    return TaskContext.get() == null ? NativeBackend.device() : usable(shared());
  }

  /**
   * Returns CUDA's number of the GPU that PyTorch is to train on in the running task; empty: on the
   * CPU, because Spark gave no GPU or this build's PyTorch is for CPUs.
   *
   * @throws IllegalStateException in a build with PyTorch for GPUs, if the one given cannot be used
   */
  public static OptionalInt pytorch() {
    GpuAssignment assignment = assignment();
    if (assignment.isEmpty() || !PytorchLibrary.isBuiltInForCuda()) {
      return OptionalInt.empty();
    }
    GpuCheck.Verdict verdict = ExecutorDevice.pytorch(assignment);
    if (verdict.place() != GpuCheck.ComputePlace.GPU) {
      throw new IllegalStateException(verdict.line());
    }
    return OptionalInt.of(ordinal(assignment));
  }

  /** Returns what there is to say about the task's GPU where PyTorch alone can train on it. */
  public static Optional<String> onlyPytorch() {
    GpuAssignment assignment = assignment();
    return assignment.isEmpty() || !ExecutorDevice.onlyPytorch(assignment)
        ? Optional.empty()
        : Optional.of(ExecutorDevice.pytorch(assignment).line());
  }

  /**
   * Makes this thread compute on the task's GPU from now on. Does nothing in a build for CPUs, nor
   * on the driver, which Spark gives no GPU and which computes on ND4J's first.
   *
   * @return CUDA's number of the GPU, or {@link #CPU}
   * @throws IllegalStateException in a build for GPUs, if the task has none or it cannot be used
   */
  public static int pin() {
    if (!NativeBackend.hasCuda()) {
      return CPU;
    }
    if (TaskContext.get() == null) {
      return NativeBackend.device();
    }
    GpuAssignment assignment = assignment();
    int ordinal = usable(assignment);
    if (NativeBackend.device() != ordinal) {
      NativeBackend.useDevice(ordinal);
      LOG.debug("This thread computes on GPU {}, CUDA's {}", assignment.indexes(), ordinal);
    }
    return ordinal;
  }

  private static int usable(GpuAssignment assignment) {
    GpuCheck.Verdict verdict = ExecutorDevice.verdict(assignment);
    if (verdict.place() != GpuCheck.ComputePlace.GPU) {
      throw new IllegalStateException(verdict.line());
    }
    return ordinal(assignment);
  }

  private static int ordinal(GpuAssignment assignment) {
    return assignment.ordinal(System.getenv("CUDA_VISIBLE_DEVICES"));
  }
}
