package org.fairspark.network.backend;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** The oneDNN library itself, called without ND4J in between. */
public final class OneDnn {
  private static final dnnl_engine ENGINE = new dnnl_engine();
  private static final String UNAVAILABLE = load();
  private static final ThreadLocal<OneDnn> CURRENT = ThreadLocal.withInitial(OneDnn::new);

  private final dnnl_stream stream = new dnnl_stream();
  private final AlignedBuffer scratch = new AlignedBuffer();

  private OneDnn() {
    check(
        dnnl.dnnl_stream_create(stream, ENGINE, dnnl.dnnl_stream_default_flags), "create a stream");
  }

  private static String load() {
    try {
      check(dnnl.dnnl_engine_create(ENGINE, dnnl.dnnl_cpu, 0), "create an engine");
      return null;
    } catch (LinkageError | RuntimeException e) {
      return e.toString();
    }
  }

  /** Returns why the library cannot be used; null if it can. */
  public static String unavailable() {
    return UNAVAILABLE;
  }

  static dnnl_engine engine() {
    return ENGINE;
  }

  /** Returns the stream and the working memory of the calling thread. */
  static OneDnn current() {
    return CURRENT.get();
  }

  dnnl_stream stream() {
    return stream;
  }

  /** Returns working memory for the duration of one primitive. */
  Pointer scratch(long bytes) {
    return scratch.bytes(bytes);
  }

  public static void check(int status, String what) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN could not %s: status %d".formatted(what, status));
    }
  }
}
