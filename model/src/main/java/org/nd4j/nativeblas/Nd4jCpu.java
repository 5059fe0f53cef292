package org.nd4j.nativeblas;

/**
 * A stand-in where DL4J 1.0.0-M2.1 still looks for a class that its authors moved. It asks {@code
 * Nd4jCpu$Environment}, by this name, whether oneDNN may be used, and takes a missing class for a
 * no, without a word: convolutions would be ten times as slow.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The part of the moved class that is asked for. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Tells whether the natives were built with oneDNN, as the moved class does. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
