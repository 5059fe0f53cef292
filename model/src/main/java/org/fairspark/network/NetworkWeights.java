package org.fairspark.network;

/**
 * Everything that training has learnt: enough to go on exactly where it stopped. The arrays are not
 * copied: the caller must not write to them afterwards.
 *
 * @param spec the network's architecture, which fixes the arrays' lengths
 * @param parameters every tensor of {@link NetworkSpec#tensors()}, running means and variances
 *     included
 * @param firstMoment Adam's mean of gradients, trainable tensors only, in the same order; of length
 *     0 where moments are not kept, as in a finished model: they count as zero
 * @param secondMoment Adam's mean of squared gradients, likewise
 * @param iteration training steps done
 */
public record NetworkWeights(
    NetworkSpec spec, float[] parameters, float[] firstMoment, float[] secondMoment, long iteration)
    implements java.io.Serializable {
  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if an array's length does not fit the architecture, or the
   *     iteration is negative
   */
  public NetworkWeights {
    check("parameters", parameters.length, spec.stateLength(), spec);
    int moments = firstMoment.length == 0 ? 0 : spec.parameterCount();
    check("first moments", firstMoment.length, moments, spec);
    check("second moments", secondMoment.length, moments, spec);
    if (iteration < 0) {
      throw new IllegalArgumentException("iteration must not be negative, got " + iteration);
    }
  }

  private static void check(String what, int actual, int expected, NetworkSpec spec) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "expected %d %s for %s, got %d".formatted(expected, what, spec, actual));
    }
  }

  /**
   * Returns an untrained network, as its spec starts it.
   *
   * @param seed every tensor's numbers depend on this and its name alone
   */
  public static NetworkWeights initial(NetworkSpec spec, long seed) {
    int trainable = spec.parameterCount();
    return new NetworkWeights(
        spec, spec.initial(seed), new float[trainable], new float[trainable], 0);
  }

  /** Returns weights without moments, which is enough for restoring. */
  public static NetworkWeights weights(NetworkSpec spec, float[] parameters, long iteration) {
    return new NetworkWeights(spec, parameters, new float[0], new float[0], iteration);
  }

  /** Returns them without moments, which is enough for restoring. */
  public NetworkWeights withoutMoments() {
    return weights(spec, parameters, iteration);
  }

  /**
   * Returns the architecture of a U-Net.
   *
   * @throws IllegalArgumentException if it is another network
   */
  public UnetSpec unet() {
    if (spec instanceof UnetSpec unet) {
      return unet;
    }
    throw new IllegalArgumentException("a U-Net is needed, the weights are of " + spec);
  }

  /** Returns whether Adam's moments are there. */
  public boolean hasMoments() {
    return firstMoment.length > 0;
  }

  /** Returns a copy of one tensor's values. */
  public float[] tensor(String name) {
    for (NetworkSpec.TensorSpec tensor : spec.tensors()) {
      if (tensor.name().equals(name)) {
        float[] values = new float[tensor.length()];
        System.arraycopy(parameters, tensor.offset(), values, 0, values.length);
        return values;
      }
    }
    throw new IllegalArgumentException("%s has no tensor named %s".formatted(spec, name));
  }

  /**
   * Returns them with other values of one tensor.
   *
   * @throws IllegalArgumentException if there is none of this name and length
   */
  public NetworkWeights with(String name, float[] values) {
    for (NetworkSpec.TensorSpec tensor : spec.tensors()) {
      if (tensor.name().equals(name) && tensor.length() == values.length) {
        float[] changed = parameters.clone();
        System.arraycopy(values, 0, changed, tensor.offset(), values.length);
        return new NetworkWeights(spec, changed, firstMoment, secondMoment, iteration);
      }
    }
    throw new IllegalArgumentException(
        "%s has no tensor named %s of %d values".formatted(spec, name, values.length));
  }

  /** Has serialization take the faster form. */
  private Object writeReplace() {
    return new WeightsStream(this);
  }
}
