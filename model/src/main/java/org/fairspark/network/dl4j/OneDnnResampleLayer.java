package org.fairspark.network.dl4j;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.backend.AlignedBuffer;
import org.fairspark.network.backend.HostArrays;
import org.fairspark.network.backend.OneDnn;
import org.fairspark.network.backend.OneDnnPlan;
import org.fairspark.network.backend.OneDnnUpsample;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Resample} by oneDNN's primitives on memory of its own. */
public final class OneDnnResampleLayer extends NoParamUnitLayer<Resample> {
  private static final long serialVersionUID = 1L;

  private final transient AlignedBuffer output = new AlignedBuffer();
  private final transient AlignedBuffer gradient = new AlignedBuffer();
  private transient Plan plan;

  OneDnnResampleLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    return plan().forward(input);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    return new Pair<>(new DefaultGradient(), plan().backward(epsilon));
  }

  private Plan plan() {
    if (plan == null || !java.util.Arrays.equals(plan.shape, input.shape())) {
      if (plan != null) {
        plan.natives.close();
      }
      long[] shape = input.shape().clone();
      plan = layerConf().kind() == Resample.Kind.HALVE ? new Halving(shape) : new Doubled(shape);
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
    output.close();
    gradient.close();
  }

  private abstract static class Plan {
    final OneDnnPlan natives = new OneDnnPlan();
    final long[] shape;
    final long n;
    final long h;
    final long w;
    final long c;

    Plan(long[] shape) {
      this.shape = shape;
      this.n = shape[0];
      this.h = shape[1];
      this.w = shape[2];
      this.c = shape[3];
    }

    abstract INDArray forward(INDArray input);

    abstract INDArray backward(INDArray epsilon);
  }

  /** The maximum of each 2x2 square. */
  private final class Halving extends Plan {
    private final INDArray out = output.array(n, h / 2, w / 2, c);
    private final dnnl_memory_desc_t fullLayout = OneDnnPlan.images(n, c, h, w);
    private final dnnl_memory_desc_t halfLayout = OneDnnPlan.images(n, c, h / 2, w / 2);
    private final dnnl_memory source = natives.memory(fullLayout);
    private final dnnl_memory where;
    private final dnnl_primitive_desc found;
    private final OneDnnPlan.Execution pooling;
    private INDArray back;
    private dnnl_memory delta;
    private OneDnnPlan.Execution spreading;

    Halving(long[] shape) {
      super(shape);
      found =
          natives.implementation(
              OneDnnPlan.halving(dnnl.dnnl_forward_training, fullLayout, halfLayout), null);
      where = natives.ownMemory(OneDnnPlan.chosen(found, dnnl.dnnl_query_workspace_md));
      pooling =
          natives
              .step(found)
              .with(dnnl.DNNL_ARG_SRC, source)
              .with(dnnl.DNNL_ARG_WORKSPACE, where)
              .with(dnnl.DNNL_ARG_DST, natives.memory(halfLayout, HostArrays.memory(out)));
    }

    @Override
    INDArray forward(INDArray input) {
      OneDnnPlan.place(source, HostArrays.memory(input));
      pooling.run();
      return out;
    }

    @Override
    INDArray backward(INDArray epsilon) {
      if (spreading == null) {
        dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
        OneDnn.check(
            dnnl.dnnl_pooling_backward_desc_init(
                operation,
                dnnl.dnnl_pooling_max,
                fullLayout,
                halfLayout,
                OneDnnPlan.TWO,
                OneDnnPlan.TWO,
                OneDnnPlan.ZERO,
                OneDnnPlan.ZERO),
            "describe a pooling");
        back = gradient.array(n, h, w, c);
        delta = natives.memory(halfLayout);
        spreading =
            natives
                .step(natives.implementation(operation, found))
                .with(dnnl.DNNL_ARG_DIFF_DST, delta)
                .with(dnnl.DNNL_ARG_WORKSPACE, where)
                .with(dnnl.DNNL_ARG_DIFF_SRC, natives.memory(fullLayout, HostArrays.memory(back)));
      }
      OneDnnPlan.place(delta, HostArrays.memory(epsilon));
      spreading.run();
      return back;
    }
  }

  /** Bilinear interpolation. */
  private final class Doubled extends Plan {
    private final INDArray out = output.array(n, 2 * h, 2 * w, c);
    private final OneDnnUpsample forward;
    private OneDnnUpsample backward;
    private INDArray back;

    Doubled(long[] shape) {
      super(shape);
      forward = new OneDnnUpsample(natives, n, h, w, c, false, HostArrays.memory(out));
    }

    @Override
    INDArray forward(INDArray input) {
      forward.run(HostArrays.memory(input));
      return out;
    }

    @Override
    INDArray backward(INDArray epsilon) {
      if (backward == null) {
        back = gradient.array(n, h, w, c);
        backward = new OneDnnUpsample(natives, n, h, w, c, true, HostArrays.memory(back));
      }
      backward.run(HostArrays.memory(epsilon));
      return back;
    }
  }
}
