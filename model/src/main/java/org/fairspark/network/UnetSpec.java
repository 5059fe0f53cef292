package org.fairspark.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The architecture and size of the restoration network: a U-Net of five encoder and four decoder
 * blocks, with 23 convolutions, of which all but the last are followed by batch normalization and
 * ReLU (reference code, {@code ReconstructiveSubNetwork}).
 *
 * @param inputChannels channels of the high-frequency input, at least 1
 * @param width the paper's c, channels of the first block; the deepest has 8 times as many
 * @param skips whether encoder outputs are added to the decoder's (false: the paper's "noskip")
 * @param head what comes out, and by which loss it is trained
 */
public record UnetSpec(int inputChannels, int width, boolean skips, Head head)
    implements NetworkSpec {
  /** The kind of a network's output. */
  public enum Head {
    /** A colour image, trained by {@link RestorationLoss}. */
    RESTORATION(3, "l2 and SSIM"),
    /** The logarithm of the odds that a pixel is corrupted, trained by {@link FocalLoss}. */
    MASK(1, "focal loss"),
    /**
     * The logarithm of the odds of how much a pixel is changed, from 0 to 1, trained by {@link
     * CrossEntropyLoss}.
     */
    SOFT_MASK(1, "cross-entropy");

    private final int channels;
    private final String loss;

    Head(int channels, String loss) {
      this.channels = channels;
      this.loss = loss;
    }

    /** Returns the name of the loss. */
    public String loss() {
      return loss;
    }

    /** Channels of the output. */
    public int channels() {
      return channels;
    }
  }

  /** Makes the spec of a restoration network. */
  public UnetSpec(int inputChannels, int width, boolean skips) {
    this(inputChannels, width, skips, Head.RESTORATION);
  }

  /** The input's height and width must be multiples of this: four poolings by two. */
  public static final int SIZE_MULTIPLE = 16;

  /** Red, green, blue. */
  public static final int OUTPUT_CHANNELS = 3;

  /** Sizes of the images in the network, each half of the one above. */
  public static final int LEVELS = 5;

  /** Number that batch normalization adds to a variance before it takes the root, as in PyTorch. */
  public static final double BATCH_NORM_EPSILON = 1e-5;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public UnetSpec {
    java.util.Objects.requireNonNull(head, "head");
    if (inputChannels < 1 || inputChannels > 64) {
      throw new IllegalArgumentException(
          "input channels must be in 1..64, got %d".formatted(inputChannels));
    }
    if (width < 1 || width > 1024) {
      throw new IllegalArgumentException(
          "network width must be in 1..1024, got %d".formatted(width));
    }
  }

  /**
   * A 3x3 convolution with its bias, and, unless it is the last, batch normalization and ReLU.
   *
   * @param convolution name of the convolution, for instance {@code encoder.block1.0}
   * @param normalization name of the batch normalization; null for the last convolution
   */
  public record Unit(String convolution, String normalization, int in, int out) {
    public boolean normalized() {
      return normalization != null;
    }

    int weights() {
      return Math.multiplyExact(out * 9, in);
    }

    /**
     * Returns the number of trainable values: weights, biases and, where normalized, scales and
     * shifts.
     */
    int trainable() {
      return weights() + out + (normalized() ? 2 * out : 0);
    }

    /** Returns the number of all values: with the running mean and variance. */
    public int length() {
      return trainable() + (normalized() ? 2 * out : 0);
    }
  }

  /** Channels at the output of encoder block 1..5. */
  public int channels(int level) {
    return width * Math.min(8, 1 << (level - 1));
  }

  /** Returns the convolutions in the order in which data meets them. */
  public List<Unit> units() {
    return UnetTopology.of(this).units();
  }

  @Override
  public List<TensorSpec> tensors() {
    List<TensorSpec> tensors = new ArrayList<>();
    int offset = 0;
    int moment = 0;
    for (Unit unit : units()) {
      List<Integer> vector = List.of(unit.out());
      List<TensorSpec> own = new ArrayList<>();
      own.add(
          new TensorSpec(
              unit.convolution() + ".weight", List.of(unit.out(), unit.in(), 3, 3), 0, true, 0));
      own.add(new TensorSpec(unit.convolution() + ".bias", vector, 0, true, 0));
      if (unit.normalized()) {
        own.add(new TensorSpec(unit.normalization() + ".weight", vector, 0, true, 0));
        own.add(new TensorSpec(unit.normalization() + ".bias", vector, 0, true, 0));
        own.add(new TensorSpec(unit.normalization() + ".running_mean", vector, 0, false, 0));
        own.add(new TensorSpec(unit.normalization() + ".running_var", vector, 0, false, 0));
      }
      for (TensorSpec t : own) {
        tensors.add(
            new TensorSpec(
                t.name(), t.shape(), offset, t.trainable(), t.trainable() ? moment : -1));
        offset = Math.addExact(offset, t.length());
        moment += t.trainable() ? t.length() : 0;
      }
    }
    return List.copyOf(tensors);
  }

  /**
   * Returns the number of trainable values, the number that the paper reports (in units of 2^20).
   */
  @Override
  public int parameterCount() {
    return units().stream().mapToInt(Unit::trainable).reduce(0, Math::addExact);
  }

  @Override
  public int stateLength() {
    return units().stream().mapToInt(Unit::length).reduce(0, Math::addExact);
  }

  @Override
  public float[] initial(long seed) {
    return Initialization.parameters(this, seed);
  }

  @Override
  public SampleForm sample(int height, int width) {
    int plane = Math.multiplyExact(height, width);
    return new SampleForm(
        Math.multiplyExact(inputChannels, plane),
        Math.multiplyExact(head.channels(), plane),
        head.channels());
  }

  /**
   * A loss of l2 + SSIM on images in [0,1] starts near 2; a thousand times that is no longer
   * training.
   */
  @Override
  public double explodedLoss() {
    return 2000;
  }

  @Override
  public MemoryEstimate trainingMemory(TrainingEngine engine, int n, int height, int width) {
    return MemoryEstimate.ofTraining(engine, this, n, height, width);
  }

  @Override
  public MemoryEstimate runningMemory(InferenceEngine engine, int n, int height, int width) {
    return MemoryEstimate.ofRestoring(engine, this, n, height, width);
  }

  /**
   * Checks the size of a batch.
   *
   * @throws IllegalArgumentException if height or width is not a positive multiple of 16, or there
   *     is no image
   */
  public static void checkSize(int n, int height, int width) {
    if (n < 1) {
      throw new IllegalArgumentException("a batch needs at least one image, got %d".formatted(n));
    }
    if (height < SIZE_MULTIPLE
        || width < SIZE_MULTIPLE
        || height % SIZE_MULTIPLE != 0
        || width % SIZE_MULTIPLE != 0) {
      throw new IllegalArgumentException(
          "image height and width must be positive multiples of %d, got %d x %d"
              .formatted(SIZE_MULTIPLE, height, width));
    }
  }

  /**
   * Checks a batch, {@code float[n][channels][height][width]}.
   *
   * @param what it is, for the message
   * @throws IllegalArgumentException as {@link #checkSize}, or if there are more or fewer values
   */
  public static void checkBatch(
      String what, float[] values, int n, int channels, int height, int width) {
    checkSize(n, height, width);
    long expected = (long) n * channels * height * width;
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "expected %s of %d x %d x %d x %d = %d values, got %d"
              .formatted(what, n, channels, height, width, expected, values.length));
    }
  }

  /**
   * Checks what a step of training gets.
   *
   * @param input {@code float[n][inputChannels][height][width]}
   * @param target {@code float[n][head channels][height][width]}
   * @throws IllegalArgumentException as {@link #checkBatch}, or if the learning rate is negative or
   *     not finite
   */
  @Override
  public void checkStep(
      float[] input, float[] target, int n, int height, int width, double learningRate) {
    checkBatch("input", input, n, inputChannels(), height, width);
    checkBatch("target", target, n, head().channels(), height, width);
    NetworkSpec.checkRate(learningRate);
  }
}
