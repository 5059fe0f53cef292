package org.fairspark.network;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The serialized form of {@link NetworkWeights}: arrays as bytes in pieces. Java's own form of an
 * array of floats is written number by number, which takes three times as long.
 */
final class WeightsStream implements Externalizable {
  private static final long serialVersionUID = 1;

  /** Floats of a piece: a state of a gigabyte is not held a second time as bytes. */
  private static final int PIECE = 1 << 14;

  private NetworkWeights weights;

  /** Makes one to be read into. */
  public WeightsStream() {}

  WeightsStream(NetworkWeights weights) {
    this.weights = weights;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeObject(weights.spec());
    out.writeLong(weights.iteration());
    write(out, weights.parameters());
    write(out, weights.firstMoment());
    write(out, weights.secondMoment());
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    NetworkSpec spec = (NetworkSpec) in.readObject();
    long iteration = in.readLong();
    weights = new NetworkWeights(spec, read(in), read(in), read(in), iteration);
  }

  private Object readResolve() {
    return weights;
  }

  private static void write(ObjectOutput out, float[] values) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[PIECE * Float.BYTES];
    FloatBuffer floats = floats(bytes);
    for (int from = 0; from < values.length; from += PIECE) {
      int count = Math.min(PIECE, values.length - from);
      floats.clear().put(values, from, count);
      out.write(bytes, 0, count * Float.BYTES);
    }
  }

  private static float[] read(ObjectInput in) throws IOException {
    float[] values = new float[in.readInt()];
    byte[] bytes = new byte[PIECE * Float.BYTES];
    FloatBuffer floats = floats(bytes);
    for (int from = 0; from < values.length; from += PIECE) {
      int count = Math.min(PIECE, values.length - from);
      in.readFully(bytes, 0, count * Float.BYTES);
      floats.clear().get(values, from, count);
    }
    return values;
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
