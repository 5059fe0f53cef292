package org.fairspark.network.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.fairspark.network.FoldedConvBlock;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.backend.AlignedBuffer;
import org.fairspark.network.backend.OneDnnPlan;

/**
 * A {@link FoldedConvBlock} in oneDNN: the convolution, ReLU, and the sum with a skip, in one pass.
 *
 * <p>Winograd's algorithm for tiles of 4 x 4 pixels needs a quarter of the multiplications, but
 * moves more data: it is the faster one where there are many channels. It can add to what is in its
 * place, the direct algorithm only what lies elsewhere.
 */
final class FoldedConvolution {

  private final OneDnnPlan natives;
  private final FoldedConvBlock folded;
  private final dnnl_memory_desc_t source;
  private final dnnl_memory_desc_t target;
  private final boolean winograd;
  private final dnnl_primitive_desc found;

  /**
   * @param source layout of the input
   * @param target layout of the output, and of a skip
   * @param adds whether to add a skip
   */
  FoldedConvolution(
      OneDnnPlan natives,
      FoldedConvBlock folded,
      dnnl_memory_desc_t source,
      dnnl_memory_desc_t target,
      boolean adds) {
    this.natives = natives;
    this.folded = folded;
    this.source = source;
    this.target = target;
    dnnl_primitive_desc fast =
        implementation(
            dnnl.dnnl_convolution_winograd,
            adds ? after -> dnnl.dnnl_post_ops_append_sum(after, 1) : null);
    winograd = fast != null;
    found =
        winograd
            ? fast
            : OneDnnPlan.required(
                implementation(
                    dnnl.dnnl_convolution_direct,
                    adds
                        ? after ->
                            dnnl.dnnl_post_ops_append_binary(after, dnnl.dnnl_binary_add, target)
                        : null));
  }

  private dnnl_primitive_desc implementation(int algorithm, OneDnnPlan.PostOperation sum) {
    UnetSpec.Unit unit = folded.unit();
    dnnl_convolution_desc_t operation =
        OneDnnPlan.convolution(
            dnnl.dnnl_forward_inference,
            algorithm,
            source,
            OneDnnPlan.layout(dnnl.dnnl_format_tag_any, unit.out(), unit.in(), 3, 3),
            OneDnnPlan.layout(dnnl.dnnl_x, unit.out()),
            target);
    List<OneDnnPlan.PostOperation> afterwards = new ArrayList<>();
    if (unit.normalized()) {
      afterwards.add(
          after -> dnnl.dnnl_post_ops_append_eltwise(after, 1, dnnl.dnnl_eltwise_relu, 0, 0));
    }
    if (sum != null) {
      afterwards.add(sum);
    }
    return natives.fused(operation, afterwards);
  }

  /** Tells whether the sum is written over the skip instead of into a buffer of its own. */
  boolean addsInPlace() {
    return winograd;
  }

  /**
   * Returns the convolution from one place to another, ready to run.
   *
   * @param skip what to add, where this adds: {@code to} itself or anywhere else, as {@link
   *     #addsInPlace} tells
   */
  OneDnnPlan.Execution step(FloatPointer from, FloatPointer to, FloatPointer skip) {
    UnetSpec.Unit unit = folded.unit();
    FloatPointer biases = natives.buffer().floats(unit.out()).put(folded.biases());
    OneDnnPlan.Execution step =
        natives
            .step(found)
            .with(dnnl.DNNL_ARG_SRC, natives.memory(source, from))
            .with(dnnl.DNNL_ARG_WEIGHTS, weights())
            .with(
                dnnl.DNNL_ARG_BIAS,
                natives.memory(OneDnnPlan.layout(dnnl.dnnl_x, unit.out()), biases))
            .with(dnnl.DNNL_ARG_DST, natives.memory(target, to));
    if (skip != null && !winograd) {
      step.with(OneDnnPlan.ADDEND, natives.memory(target, skip));
    }
    return step;
  }

  private dnnl_memory weights() {
    UnetSpec.Unit unit = folded.unit();
    dnnl_memory_desc_t plain = OneDnnPlan.layout(dnnl.dnnl_oihw, unit.out(), unit.in(), 3, 3);
    dnnl_memory_desc_t chosen = OneDnnPlan.chosen(found, dnnl.dnnl_query_weights_md);
    dnnl_memory weights = natives.ownMemory(chosen);
    try (AlignedBuffer buffer = new AlignedBuffer()) {
      FloatPointer values = buffer.floats(folded.weights().length).put(folded.weights());
      natives.reorder(plain, natives.memory(plain, values), chosen, weights).run();
    }
    return weights;
  }
}
