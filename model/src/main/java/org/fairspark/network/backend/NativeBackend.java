package org.fairspark.network.backend;

import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What computes: ND4J's native library, oneDNN and their threads. Everything that must be set
 * before ND4J's first class is loaded is set here, so that nobody has to remember JVM options.
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

  private static volatile int threads;

  /** What was set for the thread: OpenMP has a number of its own for each. */
  private static final ThreadLocal<Integer> SET = ThreadLocal.withInitial(() -> 0);

  private NativeBackend() {}

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Whether this build computes on NVIDIA GPUs: it has ND4J's CUDA engine instead of the CPU's. */
  public static boolean hasCuda() {
    // Asked by name and without loading it: what loads ND4J needs the settings above first.
    String engine = "org/nd4j/linalg/jcublas/JCublasBackend.class";
    return NativeBackend.class.getClassLoader().getResource(engine) != null;
  }

  /** Sets what must be set before ND4J is loaded, and loads it. Cheap when done already. */
  public static void initialize() {
    Nd4j.getBackend();
  }

  /** Whether layers call oneDNN directly. */
  public static boolean fast(boolean portable) {
    initialize();
    return !portable && Nd4j.getEnvironment().isCPU() && OneDnn.unavailable() == null;
  }

  /** One line for logs and manifests: the backend, how networks are computed, the threads. */
  public static String describe() {
    initialize();
    String how = fast(false) ? OneDnn.version() : "ND4J's operations (" + whyNotFast() + ")";
    return "%s, %s, %d threads"
        .formatted(Nd4j.getBackend().getClass().getSimpleName(), how, threads());
  }

  private static String whyNotFast() {
    return Nd4j.getEnvironment().isCPU()
        ? "oneDNN cannot be loaded: " + OneDnn.unavailable()
        : "the backend is not the CPU";
  }

  /**
   * Checks that nothing fell back silently to slow code.
   *
   * @throws IllegalStateException if the backend is the CPU and oneDNN is not used; the message
   *     says what is missing
   */
  public static void requireOneDnn() {
    initialize();
    if (!Nd4j.getEnvironment().isCPU()) {
      return;
    }
    if (!fast(false)) {
      throw new IllegalStateException(
          whyNotFast() + "; are dnnl and opencl with their natives on the class path?");
    }
    if (!BaseMKLDNNHelper.mklDnnEnabled()) {
      throw new IllegalStateException(
          "DL4J does not use oneDNN: %s is %s (expected -onednn), %s is %s (expected false)"
              .formatted(
                  EXTENSION,
                  System.getProperty(EXTENSION),
                  HELPERS_DISABLED,
                  System.getProperty(HELPERS_DISABLED)));
    }
  }

  /** How many threads one operation uses; {@code OMP_NUM_THREADS} or all cores if never set. */
  public static int threads() {
    if (threads == 0) {
      initialize();
      threads = Math.max(1, NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
    }
    return threads;
  }

  /**
   * Sets how many threads one operation may use, in the whole process: the cores of a task. One too
   * many makes everything much slower. Results may differ in their last bits between numbers of
   * threads.
   *
   * @throws IllegalArgumentException if below 1
   */
  public static void setThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + count);
    }
    initialize();
    threads = count;
    Nd4j.getEnvironment().setMaxThreads(count);
    Nd4j.getEnvironment().setMaxMasterThreads(count);
    applyThreads();
  }

  /** Makes the calling thread use as many threads as were set. */
  public static void applyThreads() {
    int count = threads();
    if (SET.get() != count) {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
      SET.set(count);
    }
  }
}
