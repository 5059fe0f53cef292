package org.fairspark.network.backend;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The native libraries that compute, ND4J's and oneDNN, with their threads and devices. Everything
 * that must be set before ND4J's first class is loaded is set here, so that no JVM option has to be
 * given. The only class through which code outside {@code network} reaches ND4J.
 */
public final class NativeBackend {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  static {
    // The plain natives have no oneDNN, and helpers are off by default. Given values stand, but for
    // an extension that the jar does not hold.
    if (hasCuda()) {
      System.setProperty(EXTENSION, "-cudnn");
    } else {
      setIfAbsent(EXTENSION, "-onednn");
    }
    setIfAbsent(HELPERS_DISABLED, "false");
  }

  /** Number that was set for the thread, 0 for none: OpenMP has one for each thread. */
  private static final ThreadLocal<Integer> THREADS = ThreadLocal.withInitial(() -> 0);

  /** The largest number that any thread of the process asked for. */
  private static int limit;

  private NativeBackend() {}

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /**
   * Returns whether this build computes on NVIDIA GPUs: it has ND4J's CUDA engine instead of the
   * CPU's.
   */
  public static boolean hasCuda() {
    // Asked by name and without loading it: what loads ND4J needs the settings above first.
    String engine = "org/nd4j/linalg/jcublas/JCublasBackend.class";
    return NativeBackend.class.getClassLoader().getResource(engine) != null;
  }

  /** Sets what must be set before ND4J is loaded, and loads it. Cheap when done already. */
  public static void initialize() {
    Nd4j.getBackend();
  }

  /** Returns whether layers call oneDNN directly. */
  public static boolean fast(boolean portable) {
    initialize();
    return !portable && Nd4j.getEnvironment().isCPU() && OneDnn.unavailable() == null;
  }

  /**
   * Returns CUDA's number of the GPU on which the calling thread computes; 0 in a build for CPUs.
   */
  public static int device() {
    initialize();
    return Nd4j.getAffinityManager().getDeviceForCurrentThread();
  }

  /**
   * Makes the calling thread compute on a GPU from now on, in a build for GPUs.
   *
   * @param ordinal CUDA's number of the GPU
   */
  public static void useDevice(int ordinal) {
    if (device() != ordinal) {
      Nd4j.getAffinityManager().unsafeSetDevice(ordinal);
    }
  }

  /**
   * Returns how many threads an operation of the calling thread uses: what {@link #useThreads} said
   * last, {@code OMP_NUM_THREADS} or all cores if it never did.
   */
  public static int threads() {
    int count = THREADS.get();
    if (count == 0) {
      initialize();
      count = Math.max(1, NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
    }
    return count;
  }

  /**
   * Sets how many threads an operation of the calling thread may use: the cores of its task. One
   * too many makes everything much slower. Other threads keep their own number, so that two tasks
   * of one process cannot overrule each other; an engine calls this at the beginning of each of its
   * methods, with the number that it was made for. Results may differ in their last bits between
   * numbers of threads.
   *
   * @throws IllegalArgumentException if below 1
   */
  public static void useThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + count);
    }
    if (THREADS.get() != count) {
      initialize();
      raiseLimit(count);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
      THREADS.set(count);
    }
  }

  /** Raises the number of parts that ND4J cuts its operations into, in the whole process. */
  private static synchronized void raiseLimit(int count) {
    if (limit < count) {
      limit = count;
      Nd4j.getEnvironment().setMaxThreads(count);
      Nd4j.getEnvironment().setMaxMasterThreads(count);
    }
  }
}
