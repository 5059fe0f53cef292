package org.fairspark.network;

import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import org.fairspark.random.SeededRandom;

/**
 * The architecture of a network that is trained: its arrays and how they begin, what a step of
 * training takes, and how much memory. Averaging, checkpoints and model files work with any.
 *
 * <p>Two specs are equal if and only if weights of one are weights of the other. The text of one
 * ({@code toString}) tells it from all others.
 */
public interface NetworkSpec extends Serializable {
  /**
   * One named array within the flat parameters, in row-major order; convolutions are {@code
   * [out][in][height][width]}.
   *
   * @param name as PyTorch's state has it, for instance {@code encoder.block1.0.weight}
   * @param offset of its first value in {@link NetworkWeights#parameters()}
   * @param trainable false for a running mean or variance
   * @param momentOffset of its first value in {@link NetworkWeights#firstMoment()}; -1 if not
   *     trainable
   */
  record TensorSpec(
      String name, List<Integer> shape, int offset, boolean trainable, int momentOffset) {
    /** Returns the number of values. */
    public int length() {
      return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
  }

  /**
   * The values of one sample of training.
   *
   * @param inputs values of all its inputs together
   * @param targets values of all that the loss compares with; 0 where the inputs are enough
   * @param channels of a target that is kept as {@code uint8[H][W][channels]} and given to the loss
   *     as {@code float[channels][H][W]} in [0,1]; 0 where it is kept as float32, as it is given
   */
  record SampleForm(int inputs, int targets, int channels) {}

  /**
   * Returns the named arrays of {@link NetworkWeights#parameters()}, which they fill without gaps.
   */
  List<TensorSpec> tensors();

  /** Returns the number of trainable values. */
  int parameterCount();

  /** Returns the number of all values: trainable ones, running means and variances. */
  int stateLength();

  /**
   * Returns the parameters of an untrained network, {@code float[stateLength]}.
   *
   * @param seed every tensor's numbers depend on this and its name alone
   */
  float[] initial(long seed);

  /**
   * Returns the values of a sample.
   *
   * @param height of the images, in pixels, for a network that takes any; others have sizes of
   *     their own
   * @param width likewise
   */
  SampleForm sample(int height, int width);

  /**
   * Writes what a sample has anew in every epoch over what a batch has of it; most have nothing.
   *
   * @param random gives numbers of the run's seed, the image and the epoch, where there are draws
   * @param inputs {@code float[n][inputs]}
   * @param targets {@code float[n][targets]}
   * @param example the sample's place in the batch
   */
  default void draw(Supplier<SeededRandom> random, float[] inputs, float[] targets, int example) {}

  /** Returns the loss of a batch from which on training has gone wrong; infinite where none is. */
  double explodedLoss();

  /** Returns the constants of Adam. */
  default AdamConstants adam() {
    return AdamConstants.USUAL;
  }

  /**
   * Estimates the native memory of training by batches of n samples.
   *
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @throws IllegalArgumentException if the network takes no images of this size, or the engine
   *     cannot train it
   */
  MemoryEstimate trainingMemory(TrainingEngine engine, int n, int height, int width);

  /**
   * Estimates the native memory of running the trained network on n samples.
   *
   * @param engine that runs networks which are not bound to another
   */
  MemoryEstimate runningMemory(InferenceEngine engine, int n, int height, int width);

  /**
   * Checks what a step of training gets.
   *
   * @param input {@code float[n][inputs]}
   * @param target {@code float[n][targets]}
   * @throws IllegalArgumentException if an array's length does not fit, there is no sample, or the
   *     learning rate is negative or not finite
   */
  default void checkStep(
      float[] input, float[] target, int n, int height, int width, double learningRate) {
    if (n < 1) {
      throw new IllegalArgumentException("a batch needs at least one sample, got %d".formatted(n));
    }
    SampleForm form = sample(height, width);
    checkLength("inputs", input, n, form.inputs());
    checkLength("targets", target, n, form.targets());
    checkRate(learningRate);
  }

  private static void checkLength(String what, float[] values, int n, int each) {
    if (values.length != (long) n * each) {
      throw new IllegalArgumentException(
          "expected %s of %d x %d values, got %d".formatted(what, n, each, values.length));
    }
  }

  /**
   * Checks a learning rate.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  static void checkRate(double learningRate) {
    if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "learning rate must be finite and >= 0, got " + learningRate);
    }
  }

  /**
   * Checks weights that a network of this architecture is to take.
   *
   * @throws IllegalArgumentException if they are of another one
   */
  default void checkLoad(NetworkWeights start) {
    if (!start.spec().equals(this)) {
      throw new IllegalArgumentException(
          "this network is of %s, the weights are of %s".formatted(this, start.spec()));
    }
  }
}
