package org.fairspark.network;

/**
 * The native memory that a network takes on the CPU, estimated from its spec. The Java heap, the
 * libraries themselves (about 0.5 GB) and ONNX Runtime come on top.
 *
 * @param parameterBytes parameters, gradients, moments and the weights in oneDNN's layouts
 * @param activationBytes what each layer keeps for its batch
 */
public record MemoryEstimate(long parameterBytes, long activationBytes) {
  /** The number of oneDNN's copies of the weights, one for each of the three passes. */
  private static final int COPIES = 3;

  /** ONNX Runtime's activations in outputs of the first layer. */
  private static final int ONNX_LAYERS = 8;

  /** For tiles of 4 x 4 pixels, 36 values take the place of 9. */
  private static final int WINOGRAD_WEIGHTS = 4;

  /**
   * In outputs of the first layer: two places in turns, the skips (15/8), what is doubled along the
   * columns (15/16), and up to six for Winograd's transforms.
   */
  private static final int ONEDNN_LAYERS = 11;

  /** PyTorch's copies of the parameters: with moments, gradients and what Adam makes of them. */
  private static final long PYTORCH_PARAMETERS = 9;

  /** PyTorch's derivatives and oneDNN's layouts, in outputs of the first layer. */
  private static final int PYTORCH_LAYERS = 7;

  /** An image's pixels with their neighbours, and the derivatives of those. */
  private static final int PYTORCH_COLUMNS = 18;

  /** The fields of the loss, in outputs of the network; they are freed before the derivatives. */
  private static final long PYTORCH_LOSS = 45;

  public long totalBytes() {
    return parameterBytes + activationBytes;
  }

  /** Returns what this and another network take together. */
  public MemoryEstimate plus(MemoryEstimate other) {
    return new MemoryEstimate(
        parameterBytes + other.parameterBytes, activationBytes + other.activationBytes);
  }

  /** Returns what several such networks take. */
  public MemoryEstimate times(int networks) {
    return new MemoryEstimate(networks * parameterBytes, networks * activationBytes);
  }

  /**
   * Estimates training by batches of n images.
   *
   * @throws IllegalArgumentException if a size is not a multiple of 16
   */
  public static MemoryEstimate ofTraining(
      TrainingEngine engine, UnetSpec spec, int n, int height, int width) {
    UnetSpec.checkSize(n, height, width);
    return switch (engine) {
      case DL4J -> ofDl4j(spec, n, height, width);
      case PYTORCH -> ofPytorch(spec, n, height, width);
    };
  }

  private static MemoryEstimate ofDl4j(UnetSpec spec, int n, int height, int width) {
    UnetTopology topology = UnetTopology.of(spec);
    long weights = topology.units().stream().mapToLong(UnetSpec.Unit::weights).sum();
    long parameters = 2L * spec.stateLength() + 2L * spec.parameterCount() + COPIES * weights;
    // For each pixel of the deepest level.
    long values = topology.steps().stream().mapToLong(MemoryEstimate::kept).sum();
    long full = (long) n * height * width;
    // Signs of ReLU and places of maxima: a thirtieth more.
    long activations = values * full / pixels(1) * 31 / 30;
    return new MemoryEstimate(Float.BYTES * parameters, Float.BYTES * activations);
  }

  private static MemoryEstimate ofPytorch(UnetSpec spec, int n, int height, int width) {
    UnetTopology topology = UnetTopology.of(spec);
    long values = topology.steps().stream().mapToLong(MemoryEstimate::keptByPytorch).sum();
    long full = (long) n * height * width;
    long widest = (long) Math.max(spec.width(), spec.inputChannels()) * full;
    long activations =
        values * full / pixels(1)
            + Math.max(PYTORCH_LAYERS * widest, PYTORCH_LOSS * spec.head().channels() * full)
            + PYTORCH_COLUMNS * widest / n;
    return new MemoryEstimate(
        Float.BYTES * PYTORCH_PARAMETERS * spec.parameterCount(), Float.BYTES * activations);
  }

  /** Returns the values that PyTorch keeps of a step for its derivative. */
  private static long keptByPytorch(UnetTopology.Step step) {
    long output = step.channels() * pixels(step.level());
    if (step instanceof UnetTopology.Convolution convolution) {
      // Before normalization and after ReLU; what lies between is freed.
      return convolution.unit().normalized() ? 2 * output : output;
    }
    // The places of maxima are whole numbers of 8 bytes.
    return step instanceof UnetTopology.MaxPool ? 3 * output : output;
  }

  /**
   * Estimates restoring batches of n images. DL4J's layers keep their outputs as in training; the
   * others have a few buffers for all.
   *
   * @throws IllegalArgumentException if a size is not a multiple of 16
   */
  public static MemoryEstimate ofRestoring(
      InferenceEngine engine, UnetSpec spec, int n, int height, int width) {
    UnetSpec.checkSize(n, height, width);
    long weights = (long) Float.BYTES * spec.stateLength();
    long full = (long) Float.BYTES * spec.width() * n * height * width;
    return switch (engine) {
      case ONEDNN -> new MemoryEstimate(WINOGRAD_WEIGHTS * weights, ONEDNN_LAYERS * full);
      // ONNX Runtime keeps its largest layers and the skips, in blocks up to twice as large.
      case ONNX -> new MemoryEstimate(3 * weights, ONNX_LAYERS * full);
      case DL4J -> ofDl4j(spec, n, height, width);
    };
  }

  /** Values that training keeps of a step. */
  private static long kept(UnetTopology.Step step) {
    long output = step.channels() * pixels(step.level());
    if (step instanceof UnetTopology.Convolution convolution) {
      return unit(convolution.unit()) * pixels(step.level());
    }
    if (step instanceof UnetTopology.MaxPool) {
      return output + step.channels() * pixels(step.level() - 1); // and its derivative
    }
    if (step instanceof UnetTopology.Upsample) {
      // Values between the two products, and their derivative.
      return 2 * output + step.channels() * pixels(step.level() + 1);
    }
    return output;
  }

  /** Returns the pixels of a level, for each pixel of the deepest. */
  private static long pixels(int level) {
    return 1L << (2 * (UnetSpec.LEVELS - level));
  }

  /** Counts a unit's values before and after normalization, where there is one. */
  private static long unit(UnetSpec.Unit unit) {
    return unit.normalized()
        ? Math.max(unit.in(), unit.out()) + unit.out()
        : unit.in() + unit.out();
  }
}
