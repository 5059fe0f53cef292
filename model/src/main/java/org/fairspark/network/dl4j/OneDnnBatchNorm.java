package org.fairspark.network.dl4j;

import org.bytedeco.dnnl.dnnl_batch_normalization_desc_t;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.HostArrays;
import org.fairspark.network.backend.OneDnn;
import org.fairspark.network.backend.OneDnnPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization and ReLU by oneDNN, with exact sums: oneDNN adds up a channel in single
 * precision, value after value, which is off by more than the golden vectors forgive. Here a pixel
 * and its neighbours make one pixel with channels of their own, so that the sums are short; the
 * groups are put together in double precision.
 */
final class OneDnnBatchNorm {
  private static final int FLAGS =
      dnnl.dnnl_use_global_stats
          | dnnl.dnnl_use_scale
          | dnnl.dnnl_use_shift
          | dnnl.dnnl_fuse_norm_relu;

  /** The largest number of values that a sum in single precision should have. */
  private static final long SHORT = 512;

  private final OneDnnPlan natives;
  private final long pixels;
  private final int channels;
  private final int groups;

  /** One pixel wide, one image, {@code groups} times as many channels. */
  private final dnnl_memory_desc_t layout;

  private final Vector mean;
  private final Vector variance;
  private final Vector scale;
  private final Vector shift;
  private final dnnl_memory source;
  private final dnnl_memory output;
  private final FloatPointer sourceAt;
  private final FloatPointer outputAt;
  private final OneDnnPlan.Execution inference;
  private Training training;

  /**
   * Prepares the primitives.
   *
   * @param before {@code [n][h][w][channels]}, what is to be normalized
   * @param after receives the result; in the backward pass, the derivative by {@code before}
   */
  OneDnnBatchNorm(OneDnnPlan natives, INDArray before, INDArray after) {
    this.natives = natives;
    this.channels = (int) before.size(3);
    this.pixels = before.length() / channels;
    this.groups = groups(pixels);
    this.layout = OneDnnPlan.images(1, (long) groups * channels, 1, pixels / groups);
    this.sourceAt = HostArrays.memory(before);
    this.outputAt = HostArrays.memory(after);
    this.source = natives.memory(layout, sourceAt);
    this.output = natives.memory(layout, outputAt);
    this.mean = new Vector();
    this.variance = new Vector();
    this.scale = new Vector();
    this.shift = new Vector();
    this.inference = normalizing(find(dnnl.dnnl_forward_inference, FLAGS));
  }

  /**
   * Returns the largest power of two that divides the pixels and leaves sums that are not too
   * short.
   */
  private static int groups(long pixels) {
    int groups = 1;
    while (pixels / groups > SHORT && pixels % (2L * groups) == 0) {
      groups *= 2;
    }
    return groups;
  }

  private dnnl_primitive_desc find(int kind, int flags) {
    dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
    OneDnn.check(
        dnnl.dnnl_batch_normalization_forward_desc_init(
            operation, kind, layout, (float) UnetSpec.BATCH_NORM_EPSILON, flags),
        "describe a batch normalization");
    return natives.implementation(operation, null);
  }

  private OneDnnPlan.Execution normalizing(dnnl_primitive_desc found) {
    return natives
        .step(found)
        .with(dnnl.DNNL_ARG_SRC, source)
        .with(dnnl.DNNL_ARG_MEAN, mean.memory)
        .with(dnnl.DNNL_ARG_VARIANCE, variance.memory)
        .with(dnnl.DNNL_ARG_SCALE, scale.memory)
        .with(dnnl.DNNL_ARG_SHIFT, shift.memory)
        .with(dnnl.DNNL_ARG_DST, output);
  }

  /** Normalizes by the running statistics (evaluation mode). */
  void byRunning(float[] scales, float[] shifts, float[] runningMean, float[] runningVariance) {
    scale.set(scales);
    shift.set(shifts);
    mean.set(runningMean);
    variance.set(runningVariance);
    inference.run();
  }

  /**
   * Normalizes by the batch's own statistics (training mode).
   *
   * @param runningMean is moved towards the batch's
   * @param runningVariance likewise
   */
  void byBatch(float[] scales, float[] shifts, float[] runningMean, float[] runningVariance) {
    if (training == null) {
      training = new Training();
    }
    scale.set(scales);
    shift.set(shifts);
    training.forward(runningMean, runningVariance);
  }

  /**
   * Turns the derivative by the output into that by what was normalized, for the last batch.
   *
   * @param scaleGradient receives the derivative by the scales
   * @param shiftGradient receives the derivative by the shifts
   */
  void backward(FloatPointer epsilon, float[] scaleGradient, float[] shiftGradient) {
    training.backward(epsilon, scaleGradient, shiftGradient);
  }

  /** One value for each channel of each group. */
  private final class Vector {
    private final float[] values = new float[groups * channels];
    private final FloatPointer place = natives.buffer().floats(values.length);
    private final dnnl_memory memory =
        natives.memory(OneDnnPlan.layout(dnnl.dnnl_x, values.length), place);

    /** Sets the values of every group. */
    void set(float[] one) {
      for (int at = 0; at < values.length; at += channels) {
        System.arraycopy(one, 0, values, at, channels);
      }
      place.put(values);
    }

    float[] get() {
      place.get(values);
      return values;
    }
  }

  /** The buffers and primitives that only training needs. */
  private final class Training {
    private final Vector groupMean = new Vector();
    private final Vector groupVariance = new Vector();
    private final Vector scaleSums = new Vector();
    private final Vector shiftSums = new Vector();
    private final Vector slope = new Vector();
    private final Vector offset = new Vector();
    private final float[] batchMean = new float[channels];
    private final double[] inverse = new double[channels];
    private final float[] scales = new float[channels];
    private final dnnl_memory delta = natives.memory(layout);
    private final OneDnnPlan.Execution statistics;
    private final OneDnnPlan.Execution normalization;
    private final OneDnnPlan.Execution back;
    private final OneDnnPlan.Execution centring;

    Training() {
      statistics =
          natives
              .step(find(dnnl.dnnl_forward_training, 0))
              .with(dnnl.DNNL_ARG_SRC, source)
              .with(dnnl.DNNL_ARG_MEAN, groupMean.memory)
              .with(dnnl.DNNL_ARG_VARIANCE, groupVariance.memory)
              .with(dnnl.DNNL_ARG_DST, output); // of no use, and overwritten at once
      dnnl_primitive_desc found = find(dnnl.dnnl_forward_training, FLAGS);
      dnnl_memory signs = natives.ownMemory(OneDnnPlan.chosen(found, dnnl.dnnl_query_workspace_md));
      normalization = normalizing(found).with(dnnl.DNNL_ARG_WORKSPACE, signs);
      dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t();
      OneDnn.check(
          dnnl.dnnl_batch_normalization_backward_desc_init(
              operation,
              dnnl.dnnl_backward,
              layout,
              layout,
              (float) UnetSpec.BATCH_NORM_EPSILON,
              FLAGS),
          "describe a batch normalization");
      back =
          natives
              .step(natives.implementation(operation, found))
              .with(dnnl.DNNL_ARG_SRC, source)
              .with(dnnl.DNNL_ARG_MEAN, mean.memory)
              .with(dnnl.DNNL_ARG_VARIANCE, variance.memory)
              .with(dnnl.DNNL_ARG_SCALE, scale.memory)
              .with(dnnl.DNNL_ARG_SHIFT, shift.memory)
              .with(dnnl.DNNL_ARG_WORKSPACE, signs)
              .with(dnnl.DNNL_ARG_DIFF_DST, delta)
              .with(dnnl.DNNL_ARG_DIFF_SRC, output)
              .with(dnnl.DNNL_ARG_DIFF_SCALE, scaleSums.memory)
              .with(dnnl.DNNL_ARG_DIFF_SHIFT, shiftSums.memory);
      centring = centring();
    }

    /** Computes output += slope x source + offset. */
    private OneDnnPlan.Execution centring() {
      dnnl_memory_desc_t all =
          OneDnnPlan.layout(dnnl.dnnl_ab, pixels / groups, (long) groups * channels);
      dnnl_memory_desc_t row = OneDnnPlan.layout(dnnl.dnnl_ab, 1, (long) groups * channels);
      dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
      OneDnn.check(
          dnnl.dnnl_binary_desc_init(operation, dnnl.dnnl_binary_mul, all, row, all),
          "describe a product");
      return natives
          .step(natives.accumulating(operation, row))
          .with(dnnl.DNNL_ARG_SRC_0, natives.memory(all, sourceAt))
          .with(dnnl.DNNL_ARG_SRC_1, natives.memory(row, slope.place))
          .with(dnnl.DNNL_ARG_DST, natives.memory(all, outputAt))
          .with(OneDnnPlan.ADDEND, natives.memory(row, offset.place));
    }

    void forward(float[] runningMean, float[] runningVariance) {
      statistics.run();
      float[] means = groupMean.get();
      float[] variances = groupVariance.get();
      float[] batchVariance = new float[channels];
      double unbiased = pixels > 1 ? pixels / (pixels - 1.0) : 1;
      double check = 0;
      for (int c = 0; c < channels; c++) {
        double centre = 0;
        for (int at = c; at < means.length; at += channels) {
          centre += means[at];
        }
        centre /= groups;
        double spread = 0;
        for (int at = c; at < means.length; at += channels) {
          spread += variances[at] + (means[at] - centre) * (means[at] - centre);
        }
        spread /= groups;
        batchMean[c] = (float) centre;
        batchVariance[c] = (float) spread;
        inverse[c] = 1 / Math.sqrt(batchVariance[c] + UnetSpec.BATCH_NORM_EPSILON);
        runningMean[c] = moved(runningMean[c], centre);
        runningVariance[c] = moved(runningVariance[c], spread * unbiased);
        check += centre + spread;
      }
      mean.set(batchMean);
      variance.set(batchVariance);
      System.arraycopy(scale.values, 0, scales, 0, channels);
      normalization.run();
      if (!Double.isFinite(check)) {
        outputAt.put(0, Float.NaN); // else ReLU would turn it into a zero and hide the failure
      }
    }

    private float moved(double running, double now) {
      return (float) ((1 - ConvBlock.MOMENTUM) * running + ConvBlock.MOMENTUM * now);
    }

    void backward(FloatPointer epsilon, float[] scaleGradient, float[] shiftGradient) {
      OneDnnPlan.place(delta, epsilon);
      back.run(); // with the statistics taken for constants
      float[] byScale = scaleSums.get();
      float[] byShift = shiftSums.get();
      float[] slopes = new float[channels];
      float[] offsets = new float[channels];
      for (int c = 0; c < channels; c++) {
        double scaleSum = 0;
        double shiftSum = 0;
        for (int at = c; at < byScale.length; at += channels) {
          scaleSum += byScale[at];
          shiftSum += byShift[at];
        }
        scaleGradient[c] = (float) scaleSum;
        shiftGradient[c] = (float) shiftSum;
        // The statistics depend on the values too: less the mean, and less what goes with them.
        double factor = scales[c] * inverse[c] / pixels;
        slopes[c] = (float) (-factor * inverse[c] * scaleSum);
        offsets[c] = (float) (factor * (inverse[c] * scaleSum * batchMean[c] - shiftSum));
      }
      slope.set(slopes);
      offset.set(offsets);
      centring.run();
    }
  }
}
