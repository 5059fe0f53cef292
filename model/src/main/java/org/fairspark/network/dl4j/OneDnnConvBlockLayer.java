package org.fairspark.network.dl4j;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.backend.AlignedBuffer;
import org.fairspark.network.backend.HostArrays;
import org.fairspark.network.backend.OneDnn;
import org.fairspark.network.backend.OneDnnPlan;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link ConvBlock} by oneDNN's primitives on memory of its own: batch normalization and ReLU in
 * one pass, no copies between layouts but of the weights.
 *
 * <p>Two buffers suffice: {@code before} normalization and {@code after}. In the backward pass
 * every reader of the output has run before this layer does, so the derivative by {@code before}
 * overwrites {@code after}, and then that by the input overwrites {@code before}.
 */
public final class OneDnnConvBlockLayer extends BaseConvBlockLayer {
  private static final long serialVersionUID = 1L;

  private final transient AlignedBuffer before = new AlignedBuffer();
  private final transient AlignedBuffer after = new AlignedBuffer();
  private transient Plan plan;

  OneDnnConvBlockLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    return plan().forward(training);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(
        (name, view) -> {
          if (!ConvBlockParameters.isStatistic(name)) {
            gradient.setGradientFor(name, view);
          }
        });
    return new Pair<>(gradient, plan().backward(epsilon));
  }

  private Plan plan() {
    long n = input.size(0);
    long h = input.size(1);
    long w = input.size(2);
    if (plan == null || !plan.fits(n, h, w)) {
      if (plan != null) {
        plan.natives.close();
      }
      plan = new Plan(n, h, w);
    }
    return plan;
  }

  /** Frees native memory; the layer may be used again. */
  @Override
  public void close() {
    if (plan != null) {
      plan.natives.close();
      plan = null;
    }
    before.close();
    after.close();
  }

  private static FloatPointer at(INDArray array) {
    return HostArrays.memory(array);
  }

  private final class Plan {
    private final OneDnnPlan natives = new OneDnnPlan();
    private final long n;
    private final long h;
    private final long w;
    private final boolean normalized = layerConf().normalized();
    private final INDArray inputGradientArray;
    private final INDArray beforeArray;
    private final INDArray afterArray;

    private final dnnl_memory source;
    private final dnnl_memory plainWeights;
    private final dnnl_memory bias;
    private final dnnl_memory convolved;
    private final OneDnnPlan.Execution weightsIn;
    private final OneDnnPlan.Execution convolution;
    private final dnnl_primitive_desc convolutionFound;
    private final dnnl_memory_desc_t sourceLayout;
    private final dnnl_memory_desc_t targetLayout;
    private final dnnl_memory_desc_t weightsLayout;
    private final dnnl_memory_desc_t vectorLayout;
    private final dnnl_memory_desc_t anyWeights;

    private OneDnnBatchNorm normalization;
    private Backward backward;

    Plan(long n, long h, long w) {
      this.n = n;
      this.h = h;
      this.w = w;
      long in = layerConf().getNIn();
      long out = layerConf().getNOut();
      before.floats(n * h * w * (normalized ? Math.max(in, out) : in));
      this.beforeArray = before.array(n, h, w, out);
      this.inputGradientArray = before.array(n, h, w, in);
      this.afterArray = after.array(n, h, w, out);
      sourceLayout = OneDnnPlan.images(n, in, h, w);
      targetLayout = OneDnnPlan.images(n, out, h, w);
      weightsLayout = OneDnnPlan.layout(dnnl.dnnl_oihw, out, in, 3, 3);
      anyWeights = OneDnnPlan.layout(dnnl.dnnl_format_tag_any, out, in, 3, 3);
      vectorLayout = OneDnnPlan.layout(dnnl.dnnl_x, out);

      dnnl_convolution_desc_t operation =
          OneDnnPlan.convolution(
              dnnl.dnnl_forward_training,
              dnnl.dnnl_convolution_direct,
              sourceLayout,
              anyWeights,
              vectorLayout,
              targetLayout);
      convolutionFound = natives.implementation(operation, null);
      source = natives.memory(sourceLayout);
      plainWeights = natives.memory(weightsLayout);
      bias = natives.memory(vectorLayout);
      convolved = natives.memory(targetLayout, at(normalized ? beforeArray : afterArray));
      dnnl_memory_desc_t chosen = OneDnnPlan.chosen(convolutionFound, dnnl.dnnl_query_weights_md);
      dnnl_memory weights = natives.ownMemory(chosen);
      weightsIn = natives.reorder(weightsLayout, plainWeights, chosen, weights);
      convolution =
          natives
              .step(convolutionFound)
              .with(dnnl.DNNL_ARG_SRC, source)
              .with(dnnl.DNNL_ARG_WEIGHTS, weights)
              .with(dnnl.DNNL_ARG_BIAS, bias)
              .with(dnnl.DNNL_ARG_DST, convolved);
    }

    boolean fits(long n, long h, long w) {
      return this.n == n && this.h == h && this.w == w;
    }

    INDArray forward(boolean training) {
      OneDnnPlan.place(source, at(input));
      OneDnnPlan.place(plainWeights, at(getParam(ConvBlockParameters.WEIGHT)));
      OneDnnPlan.place(bias, at(getParam(ConvBlockParameters.BIAS)));
      weightsIn.run();
      convolution.run();
      if (normalized) {
        normalize(training);
      }
      return afterArray;
    }

    private void normalize(boolean training) {
      if (normalization == null) {
        normalization = new OneDnnBatchNorm(natives, beforeArray, afterArray);
      }
      INDArray means = getParam(ConvBlockParameters.MEAN);
      INDArray variances = getParam(ConvBlockParameters.VARIANCE);
      float[] scales = HostArrays.get(getParam(ConvBlockParameters.SCALE));
      float[] shifts = HostArrays.get(getParam(ConvBlockParameters.SHIFT));
      float[] runningMean = HostArrays.get(means);
      float[] runningVariance = HostArrays.get(variances);
      if (training) {
        normalization.byBatch(scales, shifts, runningMean, runningVariance);
        HostArrays.put(means, runningMean);
        HostArrays.put(variances, runningVariance);
      } else {
        normalization.byRunning(scales, shifts, runningMean, runningVariance);
      }
    }

    INDArray backward(INDArray epsilon) {
      if (backward == null) {
        backward = new Backward();
      }
      return backward.run(epsilon);
    }

    INDArray backThroughNormalization(INDArray epsilon) {
      float[] scaleGradient = new float[(int) layerConf().getNOut()];
      float[] shiftGradient = new float[scaleGradient.length];
      normalization.backward(at(epsilon), scaleGradient, shiftGradient);
      HostArrays.put(gradientViews.get(ConvBlockParameters.SCALE), scaleGradient);
      HostArrays.put(gradientViews.get(ConvBlockParameters.SHIFT), shiftGradient);
      return afterArray;
    }

    /** The derivatives by weights, bias and input. */
    private final class Backward {
      private final dnnl_memory delta = natives.memory(targetLayout);
      private final dnnl_memory plainGradient = natives.memory(weightsLayout);
      private final dnnl_memory biasGradient = natives.memory(vectorLayout);
      private final dnnl_memory inputGradient =
          natives.memory(sourceLayout, at(inputGradientArray));
      private final OneDnnPlan.Execution byWeights;
      private final OneDnnPlan.Execution weightsOut;
      private final OneDnnPlan.Execution weightsBack;
      private final OneDnnPlan.Execution byInput;

      Backward() {
        dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
        OneDnn.check(
            dnnl.dnnl_convolution_backward_weights_desc_init(
                operation,
                dnnl.dnnl_convolution_direct,
                sourceLayout,
                anyWeights,
                vectorLayout,
                targetLayout,
                OneDnnPlan.ONE,
                OneDnnPlan.ONE,
                OneDnnPlan.ONE),
            "describe a convolution");
        dnnl_primitive_desc found = natives.implementation(operation, convolutionFound);
        dnnl_memory_desc_t chosen = OneDnnPlan.chosen(found, dnnl.dnnl_query_diff_weights_md);
        dnnl_memory gradient = natives.ownMemory(chosen);
        byWeights =
            natives
                .step(found)
                .with(dnnl.DNNL_ARG_SRC, source)
                .with(dnnl.DNNL_ARG_DIFF_DST, delta)
                .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, gradient)
                .with(dnnl.DNNL_ARG_DIFF_BIAS, biasGradient);
        weightsOut = natives.reorder(chosen, gradient, weightsLayout, plainGradient);
        if (layerConf().first()) {
          weightsBack = null;
          byInput = null;
          return;
        }
        operation = new dnnl_convolution_desc_t();
        OneDnn.check(
            dnnl.dnnl_convolution_backward_data_desc_init(
                operation,
                dnnl.dnnl_convolution_direct,
                sourceLayout,
                anyWeights,
                targetLayout,
                OneDnnPlan.ONE,
                OneDnnPlan.ONE,
                OneDnnPlan.ONE),
            "describe a convolution");
        found = natives.implementation(operation, convolutionFound);
        chosen = OneDnnPlan.chosen(found, dnnl.dnnl_query_weights_md);
        dnnl_memory weights = natives.ownMemory(chosen);
        weightsBack = natives.reorder(weightsLayout, plainWeights, chosen, weights);
        byInput =
            natives
                .step(found)
                .with(dnnl.DNNL_ARG_DIFF_DST, delta)
                .with(dnnl.DNNL_ARG_WEIGHTS, weights)
                .with(dnnl.DNNL_ARG_DIFF_SRC, inputGradient);
      }

      INDArray run(INDArray epsilon) {
        OneDnnPlan.place(delta, at(normalized ? backThroughNormalization(epsilon) : epsilon));
        OneDnnPlan.place(plainGradient, at(gradientViews.get(ConvBlockParameters.WEIGHT)));
        OneDnnPlan.place(biasGradient, at(gradientViews.get(ConvBlockParameters.BIAS)));
        byWeights.run();
        weightsOut.run();
        if (byInput == null) {
          return null;
        }
        weightsBack.run();
        byInput.run();
        return inputGradientArray;
      }
    }
  }
}
