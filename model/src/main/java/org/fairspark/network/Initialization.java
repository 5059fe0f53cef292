package org.fairspark.network;

import org.fairspark.random.SeededRandom;

/**
 * The reference code's {@code weights_init}, on top of PyTorch's defaults: convolution weights
 * normal (0, 0.02), convolution biases uniform in +-1/sqrt(9 in), batch-norm scales normal (1,
 * 0.02) and shifts zero, running means zero and variances one.
 */
final class Initialization {
  private static final double DEVIATION = 0.02;

  private Initialization() {}

  static float[] parameters(UnetSpec shape, long seed) {
    float[] values = new float[shape.stateLength()];
    int offset = 0;
    for (UnetSpec.Unit unit : shape.units()) {
      SeededRandom random = SeededRandom.of(seed, unit.convolution(), 0);
      for (int end = offset + unit.weights(); offset < end; offset++) {
        values[offset] = (float) (DEVIATION * random.nextGaussian());
      }
      double bound = 1 / Math.sqrt(9.0 * unit.in());
      for (int end = offset + unit.out(); offset < end; offset++) {
        values[offset] = (float) random.nextDouble(-bound, bound);
      }
      if (unit.normalized()) {
        for (int end = offset + unit.out(); offset < end; offset++) {
          values[offset] = (float) (1 + DEVIATION * random.nextGaussian());
        }
        offset += 2 * unit.out(); // shifts and running means are zero
        for (int end = offset + unit.out(); offset < end; offset++) {
          values[offset] = 1;
        }
      }
    }
    return values;
  }
}
