package org.fairspark.network.backend;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Host memory that starts at a cache line, which vector instructions need for full speed. */
public final class AlignedBuffer implements AutoCloseable {
  private static final int LINE = 64;

  private static final AtomicLong LIVE = new AtomicLong();

  private BytePointer memory;
  private long capacity;

  /** Returns at least so many bytes; their content is lost if there were fewer before. */
  BytePointer bytes(long count) {
    if (memory == null || capacity < count) {
      close();
      memory = new BytePointer(count + LINE);
      capacity = count;
      LIVE.addAndGet(count);
    }
    long start = memory.address();
    long offset = (LINE - start % LINE) % LINE;
    return memory.getPointer(offset).capacity(count);
  }

  /** Bytes in all buffers of the process that are not closed. */
  public static long liveBytes() {
    return LIVE.get();
  }

  public FloatPointer floats(long count) {
    return new FloatPointer(bytes(count * Float.BYTES)).capacity(count);
  }

  /** Returns an ND4J array in this memory, row-major; valid until the buffer grows or is closed. */
  public INDArray array(long... shape) {
    long length = 1;
    for (long n : shape) {
      length *= n;
    }
    FloatPointer floats = floats(length);
    return Nd4j.create(
        Nd4j.createBuffer(floats, DataType.FLOAT, length, FloatIndexer.create(floats)), shape);
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.deallocate();
      LIVE.addAndGet(-capacity);
      memory = null;
      capacity = 0;
    }
  }
}
