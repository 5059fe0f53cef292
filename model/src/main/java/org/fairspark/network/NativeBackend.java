package org.fairspark.network;

import org.nd4j.linalg.factory.Nd4j;

/**
 * What computes: ND4J's native library, its oneDNN and its threads. Everything that must be set
 * before ND4J's first class is loaded is set here, so that nobody has to remember JVM options.
 */
public final class NativeBackend {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  static {
    // The plain natives have no oneDNN, and helpers are off by default. Given values stand.
    setIfAbsent(EXTENSION, "-onednn");
    setIfAbsent(HELPERS_DISABLED, "false");
  }

  private NativeBackend() {}

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Sets what must be set before ND4J is loaded, and loads it. Cheap when done already. */
  public static void initialize() {
    Nd4j.getBackend();
  }

  /** Whether layers call oneDNN directly. */
  static boolean fast(boolean portable) {
    initialize();
    return !portable && Nd4j.getEnvironment().isCPU() && OneDnn.unavailable() == null;
  }

  /** One line for logs and manifests. */
  public static String describe() {
    return Nd4j.getBackend().getClass().getSimpleName()
        + ", "
        + Nd4j.getEnvironment().maxThreads()
        + " threads";
  }

  /**
   * Sets how many threads one operation may use, in the whole process: the cores of a task.
   *
   * @throws IllegalArgumentException if below 1
   */
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }
}
