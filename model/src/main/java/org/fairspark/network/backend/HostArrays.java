package org.fairspark.network.backend;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The copies between Java arrays and ND4J's, in one piece where the memory is the host's. */
public final class HostArrays {
  private HostArrays() {}

  /** Returns the values in row-major order. */
  public static float[] get(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    get(array, values, 0);
    return values;
  }

  /** Copies all values, in row-major order, to a place in a Java array. */
  public static void get(INDArray array, float[] to, int at) {
    INDArray plain = isPlain(array) ? array : array.dup('c');
    if (Nd4j.getEnvironment().isCPU()) {
      memory(plain).get(to, at, Math.toIntExact(plain.length()));
    } else {
      float[] values = plain.dup('c').data().asFloat();
      System.arraycopy(values, 0, to, at, values.length);
    }
  }

  /** Overwrites all values, in row-major order, from a place in a Java array. */
  public static void put(INDArray array, float[] from, int at) {
    if (Nd4j.getEnvironment().isCPU() && isPlain(array)) {
      memory(array).put(from, at, Math.toIntExact(array.length()));
    } else {
      float[] part = java.util.Arrays.copyOfRange(from, at, at + Math.toIntExact(array.length()));
      array.assign(Nd4j.create(part, array.shape(), 'c'));
    }
  }

  public static void put(INDArray array, float[] from) {
    put(array, from, 0);
  }

  /**
   * Returns the memory of an array on the host.
   *
   * @throws IllegalArgumentException if its values do not lie there in row-major order
   */
  public static FloatPointer memory(INDArray array) {
    if (!isPlain(array)) {
      throw new IllegalArgumentException(
          "expected an array in row-major order, without gaps, got " + array.shapeInfoToString());
    }
    Pointer start = array.data().addressPointer();
    return new FloatPointer(start);
  }

  private static boolean isPlain(INDArray array) {
    return (array.ordering() == 'c' && array.elementWiseStride() == 1) || array.length() == 1;
  }
}
