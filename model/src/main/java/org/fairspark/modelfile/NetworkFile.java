package org.fairspark.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;

/**
 * A network's state as {@link SafeTensors}: each tensor under its PyTorch name, Adam's moments,
 * where they are kept, as {@code adam.first} and {@code adam.second}.
 */
public final class NetworkFile {
  private static final String FIRST = "adam.first";
  private static final String SECOND = "adam.second";
  private static final String CHANNELS = "input_channels";
  private static final String WIDTH = "width";
  private static final String SKIPS = "skips";
  private static final String HEAD = "head";
  private static final String ITERATION = "iteration";

  /** No network of this product is larger: width 1024 with both moments. */
  private static final long MAX_BYTES = 64L << 30;

  private NetworkFile() {}

  /**
   * A state and what was written beside it.
   *
   * @param state without moments where the file has none
   * @param metadata as written
   */
  public record Loaded(NetworkWeights state, Map<String, String> metadata) {}

  /** Writes what inference needs: parameters and statistics, no moments. */
  public static void writeWeights(
      NetworkWeights state, Map<String, String> metadata, OutputStream out) throws IOException {
    new SafeTensors(tensors(state), withShape(state, metadata)).write(out);
  }

  /**
   * Writes all that training needs to go on.
   *
   * @throws IllegalArgumentException if the state has no moments
   */
  public static void writeCheckpoint(
      NetworkWeights state, Map<String, String> metadata, OutputStream out) throws IOException {
    if (!state.hasMoments()) {
      throw new IllegalArgumentException("a checkpoint needs Adam's moments, this state has none");
    }
    Map<String, SafeTensors.Tensor> tensors = tensors(state);
    tensors.put(FIRST, SafeTensors.Tensor.vector(state.firstMoment()));
    tensors.put(SECOND, SafeTensors.Tensor.vector(state.secondMoment()));
    new SafeTensors(tensors, withShape(state, metadata)).write(out);
  }

  private static Map<String, SafeTensors.Tensor> tensors(NetworkWeights state) {
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    for (NetworkSpec.Tensor tensor : state.spec().tensors()) {
      tensors.put(
          tensor.name(),
          new SafeTensors.Tensor(
              tensor.shape(),
              Arrays.copyOfRange(
                  state.parameters(), tensor.offset(), tensor.offset() + tensor.length())));
    }
    return tensors;
  }

  private static Map<String, String> withShape(NetworkWeights state, Map<String, String> metadata) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.put(CHANNELS, String.valueOf(state.spec().inputChannels()));
    all.put(WIDTH, String.valueOf(state.spec().width()));
    all.put(SKIPS, String.valueOf(state.spec().skips()));
    all.put(HEAD, state.spec().head().name().toLowerCase(Locale.ROOT));
    all.put(ITERATION, String.valueOf(state.iteration()));
    return all;
  }

  /**
   * Reads either kind.
   *
   * @throws IOException if the stream fails, or the file is not whole or no network: the message
   *     says what is wrong
   */
  public static Loaded read(InputStream in) throws IOException {
    SafeTensors file = SafeTensors.read(in, MAX_BYTES);
    NetworkSpec shape;
    long iteration;
    try {
      Map<String, String> metadata = file.metadata();
      shape =
          new NetworkSpec(
              Integer.parseInt(metadata.getOrDefault(CHANNELS, "missing")),
              Integer.parseInt(metadata.getOrDefault(WIDTH, "missing")),
              Boolean.parseBoolean(metadata.get(SKIPS)),
              NetworkSpec.Head.valueOf(
                  metadata.getOrDefault(HEAD, "restoration").toUpperCase(Locale.ROOT)));
      iteration = Long.parseLong(metadata.getOrDefault(ITERATION, "0"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the file does not say what network it holds: " + e.getMessage(), e);
    }
    float[] parameters = new float[shape.stateLength()];
    for (NetworkSpec.Tensor tensor : shape.tensors()) {
      SafeTensors.Tensor read = file.tensors().get(tensor.name());
      if (read == null || !read.shape().equals(tensor.shape())) {
        throw new IOException(
            "tensor %s should be of shape %s, the file has %s"
                .formatted(tensor.name(), tensor.shape(), read == null ? "none" : read.shape()));
      }
      System.arraycopy(read.values(), 0, parameters, tensor.offset(), tensor.length());
    }
    NetworkWeights state =
        file.tensors().containsKey(FIRST)
            ? new NetworkWeights(
                shape,
                parameters,
                moment(file, FIRST, shape),
                moment(file, SECOND, shape),
                iteration)
            : NetworkWeights.weights(shape, parameters, iteration);
    return new Loaded(state, file.metadata());
  }

  private static float[] moment(SafeTensors file, String name, NetworkSpec shape)
      throws IOException {
    SafeTensors.Tensor read = file.tensors().get(name);
    int found = read == null ? 0 : read.values().length;
    if (found != shape.parameterCount()) {
      throw new IOException(
          "tensor %s should have %d values, the file has %d"
              .formatted(name, shape.parameterCount(), found));
    }
    return read.values();
  }
}
