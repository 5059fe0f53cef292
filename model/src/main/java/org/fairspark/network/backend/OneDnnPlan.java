package org.fairspark.network.backend;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** The primitives of one layer for one size of batch, freed together. */
public final class OneDnnPlan implements AutoCloseable {
  public static final long[] ZERO = {0, 0};
  public static final long[] ONE = {1, 1};
  public static final long[] TWO = {2, 2};

  private final List<Runnable> release = new ArrayList<>();
  private final List<AlignedBuffer> buffers = new ArrayList<>();
  private final dnnl_primitive_attr attributes = attributes();

  /** The argument of {@link #accumulating}. */
  public static final int ADDEND =
      dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * 2 | dnnl.DNNL_ARG_SRC_1;

  private dnnl_primitive_attr attributes() {
    dnnl_primitive_attr created = new dnnl_primitive_attr();
    OneDnn.check(dnnl.dnnl_primitive_attr_create(created), "create attributes");
    release.add(() -> dnnl.dnnl_primitive_attr_destroy(created));
    // Scratch memory of our own: the library's belongs to the thread that made the primitive.
    OneDnn.check(
        dnnl.dnnl_primitive_attr_set_scratchpad_mode(created, dnnl.dnnl_scratchpad_mode_user),
        "set the scratchpad mode");
    return created;
  }

  /** Returns the layout of a dense array. */
  public static dnnl_memory_desc_t layout(int tag, long... dims) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_tag(layout, dims.length, dims, dnnl.dnnl_f32, tag),
        "describe a memory layout");
    return layout;
  }

  /** Returns the layout of an array with gaps. */
  public static dnnl_memory_desc_t strided(long[] dims, long[] strides) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    OneDnn.check(
        dnnl.dnnl_memory_desc_init_by_strides(layout, dims.length, dims, dnnl.dnnl_f32, strides),
        "describe a memory layout");
    return layout;
  }

  /** Returns the layout of images, channels last. */
  public static dnnl_memory_desc_t images(long n, long channels, long height, long width) {
    return layout(dnnl.dnnl_nhwc, n, channels, height, width);
  }

  /** Returns an array whose place is told later, by {@link #place}. */
  public dnnl_memory memory(dnnl_memory_desc_t layout) {
    return memory(layout, null);
  }

  public dnnl_memory memory(dnnl_memory_desc_t layout, Pointer place) {
    dnnl_memory memory = new dnnl_memory();
    OneDnn.check(
        dnnl.dnnl_memory_create(memory, layout, OneDnn.engine(), place), "create a memory");
    release.add(() -> dnnl.dnnl_memory_destroy(memory));
    return memory;
  }

  /** Returns an array with memory of its own, freed with this plan. */
  public dnnl_memory ownMemory(dnnl_memory_desc_t layout) {
    return memory(layout, buffer().bytes(Math.max(1, dnnl.dnnl_memory_desc_get_size(layout))));
  }

  /** Returns memory that is freed with this plan. */
  public AlignedBuffer buffer() {
    AlignedBuffer buffer = new AlignedBuffer();
    buffers.add(buffer);
    return buffer;
  }

  public static void place(dnnl_memory memory, Pointer at) {
    OneDnn.check(dnnl.dnnl_memory_set_data_handle(memory, at), "place a memory");
  }

  /**
   * Returns the best implementation of an operation.
   *
   * @param hint the forward operation, for a backward one; else null
   */
  public dnnl_primitive_desc implementation(Pointer operation, dnnl_primitive_desc hint) {
    return required(implementation(operation, attributes, hint));
  }

  /** Returns the best implementation, or null if there is none. */
  private dnnl_primitive_desc implementation(
      Pointer operation, dnnl_primitive_attr attributes, dnnl_primitive_desc hint) {
    dnnl_primitive_desc found = new dnnl_primitive_desc();
    int status =
        dnnl.dnnl_primitive_desc_create(
            found, new const_dnnl_op_desc_t(operation), attributes, OneDnn.engine(), hint);
    if (status == dnnl.dnnl_unimplemented) {
      return null;
    }
    OneDnn.check(status, "find an implementation");
    release.add(() -> dnnl.dnnl_primitive_desc_destroy(found));
    return found;
  }

  /**
   * Returns the implementation that was found.
   *
   * @throws IllegalStateException if there is none
   */
  public static dnnl_primitive_desc required(dnnl_primitive_desc found) {
    OneDnn.check(
        found == null ? dnnl.dnnl_unimplemented : dnnl.dnnl_success, "find an implementation");
    return found;
  }

  /**
   * Returns the best implementation of an operation whose result is added to what is in its place,
   * and then {@link #ADDEND}.
   */
  public dnnl_primitive_desc accumulating(Pointer operation, dnnl_memory_desc_t addend) {
    return required(
        fused(
            operation,
            List.of(
                after -> dnnl.dnnl_post_ops_append_sum(after, 1),
                after -> dnnl.dnnl_post_ops_append_binary(after, dnnl.dnnl_binary_add, addend))));
  }

  /** An operation to compute with each result before it is stored. */
  public interface PostOperation {
    int append(dnnl_post_ops after);
  }

  /**
   * Returns the best implementation of an operation with others in its last pass.
   *
   * @return null if there is none
   */
  public dnnl_primitive_desc fused(Pointer operation, List<PostOperation> afterwards) {
    dnnl_post_ops after = new dnnl_post_ops();
    OneDnn.check(dnnl.dnnl_post_ops_create(after), "create post-operations");
    release.add(() -> dnnl.dnnl_post_ops_destroy(after));
    for (PostOperation one : afterwards) {
      OneDnn.check(one.append(after), "append a post-operation");
    }
    dnnl_primitive_attr own = attributes();
    OneDnn.check(dnnl.dnnl_primitive_attr_set_post_ops(own, after), "set post-operations");
    return implementation(operation, own, null);
  }

  /** Returns a 3x3 convolution that keeps the size. */
  public static dnnl_convolution_desc_t convolution(
      int propagation,
      int algorithm,
      dnnl_memory_desc_t source,
      dnnl_memory_desc_t weights,
      dnnl_memory_desc_t bias,
      dnnl_memory_desc_t target) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_convolution_forward_desc_init(
            operation, propagation, algorithm, source, weights, bias, target, ONE, ONE, ONE),
        "describe a convolution");
    return operation;
  }

  /** Returns the pooling that takes the maximum of each 2x2 square. */
  public static dnnl_pooling_desc_t halving(
      int propagation, dnnl_memory_desc_t full, dnnl_memory_desc_t half) {
    dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
    OneDnn.check(
        dnnl.dnnl_pooling_forward_desc_init(
            operation, propagation, dnnl.dnnl_pooling_max, full, half, TWO, TWO, ZERO, ZERO),
        "describe a pooling");
    return operation;
  }

  /** Returns the layout that an implementation chose for one of its arrays. */
  public static dnnl_memory_desc_t chosen(dnnl_primitive_desc implementation, int query) {
    return dnnl.dnnl_primitive_desc_query_md(implementation, query, 0);
  }

  /** Returns a step to run; {@link Execution#with} tells its arrays. */
  public Execution step(dnnl_primitive_desc implementation) {
    dnnl_primitive primitive = new dnnl_primitive();
    OneDnn.check(dnnl.dnnl_primitive_create(primitive, implementation), "create a primitive");
    release.add(() -> dnnl.dnnl_primitive_destroy(primitive));
    dnnl_memory_desc_t layout = chosen(implementation, dnnl.dnnl_query_scratchpad_md);
    long bytes = layout == null ? 0 : dnnl.dnnl_memory_desc_get_size(layout);
    return new Execution(primitive, bytes, bytes == 0 ? null : memory(layout));
  }

  /** Returns the step that copies from one layout to another. */
  public Execution reorder(
      dnnl_memory_desc_t from, dnnl_memory source, dnnl_memory_desc_t to, dnnl_memory target) {
    dnnl_primitive_desc found = new dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_reorder_primitive_desc_create(
            found, from, OneDnn.engine(), to, OneDnn.engine(), attributes),
        "find a reorder");
    release.add(() -> dnnl.dnnl_primitive_desc_destroy(found));
    return step(found).with(dnnl.DNNL_ARG_FROM, source).with(dnnl.DNNL_ARG_TO, target);
  }

  @Override
  public void close() {
    for (int i = release.size() - 1; i >= 0; i--) {
      release.get(i).run();
    }
    release.clear();
    buffers.forEach(AlignedBuffer::close);
    buffers.clear();
  }

  /** A primitive with its arrays. */
  public static final class Execution {
    private static final int MAX_ARGUMENTS = 12;

    private final dnnl_primitive primitive;
    private final dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(MAX_ARGUMENTS);
    private final long scratchBytes;
    private final dnnl_memory scratch;
    private int count;

    private Execution(dnnl_primitive primitive, long scratchBytes, dnnl_memory scratch) {
      this.primitive = primitive;
      this.scratchBytes = scratchBytes;
      this.scratch = scratch;
      if (scratch != null) {
        with(dnnl.DNNL_ARG_SCRATCHPAD, scratch);
      }
    }

    public Execution with(int argument, dnnl_memory memory) {
      arguments.getPointer(count).arg(argument).memory(memory);
      count++;
      return this;
    }

    public void run() {
      OneDnn own = OneDnn.current();
      if (scratch != null) {
        place(scratch, own.scratch(scratchBytes));
      }
      OneDnn.check(
          dnnl.dnnl_primitive_execute(primitive, own.stream(), count, arguments),
          "run a primitive");
    }
  }
}
