package org.fairspark.modelfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;

/**
 * The file of a network's weights, in the format of {@link SafeTensors}: each tensor has its
 * PyTorch name; Adam's moments, which only checkpoints have, are {@code adam.first} and {@code
 * adam.second}.
 */
public final class NetworkFile {
  private static final String FIRST = "adam.first";
  private static final String SECOND = "adam.second";
  private static final String CHANNELS = "input_channels";
  private static final String WIDTH = "width";
  private static final String SKIPS = "skips";
  private static final String HEAD = "head";
  private static final String ITERATION = "iteration";

  /** No network of this product is larger than width 1024 with both moments. */
  private static final long MAX_BYTES = 64L << 30;

  private NetworkFile() {}

  /**
   * The content of a file.
   *
   * @param weights without moments if the file has none
   * @param metadata by key, as written
   */
  public record Loaded(NetworkWeights weights, Map<String, String> metadata) {}

  /** Writes a file for inference: parameters and statistics, no moments. */
  public static void writeWeights(
      NetworkWeights weights, Map<String, String> metadata, OutputStream out) throws IOException {
    new SafeTensors(tensors(weights), withSpec(weights, metadata)).write(out);
  }

  /**
   * Writes a file from which training can go on: parameters, statistics and moments.
   *
   * @throws IllegalArgumentException if the weights have no moments
   */
  public static void writeCheckpoint(
      NetworkWeights weights, Map<String, String> metadata, OutputStream out) throws IOException {
    if (!weights.hasMoments()) {
      throw new IllegalArgumentException(
          "a checkpoint needs Adam's moments, these weights have none");
    }
    Map<String, SafeTensors.Tensor> tensors = tensors(weights);
    tensors.put(FIRST, SafeTensors.Tensor.vector(weights.firstMoment()));
    tensors.put(SECOND, SafeTensors.Tensor.vector(weights.secondMoment()));
    new SafeTensors(tensors, withSpec(weights, metadata)).write(out);
  }

  private static Map<String, SafeTensors.Tensor> tensors(NetworkWeights weights) {
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    for (UnetSpec.TensorSpec tensor : weights.spec().tensors()) {
      tensors.put(
          tensor.name(),
          new SafeTensors.Tensor(
              tensor.shape(),
              Arrays.copyOfRange(
                  weights.parameters(), tensor.offset(), tensor.offset() + tensor.length())));
    }
    return tensors;
  }

  private static Map<String, String> withSpec(
      NetworkWeights weights, Map<String, String> metadata) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.put(CHANNELS, String.valueOf(weights.spec().inputChannels()));
    all.put(WIDTH, String.valueOf(weights.spec().width()));
    all.put(SKIPS, String.valueOf(weights.spec().skips()));
    all.put(HEAD, weights.spec().head().name().toLowerCase(Locale.ROOT));
    all.put(ITERATION, String.valueOf(weights.iteration()));
    return all;
  }

  /**
   * Reads a file of either kind.
   *
   * @throws IOException if the stream fails, or the file is not whole or holds no network; the
   *     message says which
   */
  public static Loaded read(InputStream in) throws IOException {
    SafeTensors file = SafeTensors.read(in, MAX_BYTES);
    UnetSpec spec;
    long iteration;
    try {
      Map<String, String> metadata = file.metadata();
      spec =
          new UnetSpec(
              Integer.parseInt(metadata.getOrDefault(CHANNELS, "missing")),
              Integer.parseInt(metadata.getOrDefault(WIDTH, "missing")),
              Boolean.parseBoolean(metadata.get(SKIPS)),
              UnetSpec.Head.valueOf(
                  metadata.getOrDefault(HEAD, "restoration").toUpperCase(Locale.ROOT)));
      iteration = Long.parseLong(metadata.getOrDefault(ITERATION, "0"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the file does not say what network it holds: " + e.getMessage(), e);
    }
    float[] parameters = new float[spec.stateLength()];
    for (UnetSpec.TensorSpec tensor : spec.tensors()) {
      SafeTensors.Tensor read = file.tensors().get(tensor.name());
      if (read == null || !read.shape().equals(tensor.shape())) {
        throw new IOException(
            "tensor %s should be of shape %s, the file has %s"
                .formatted(tensor.name(), tensor.shape(), read == null ? "none" : read.shape()));
      }
      System.arraycopy(read.values(), 0, parameters, tensor.offset(), tensor.length());
    }
    NetworkWeights weights =
        file.tensors().containsKey(FIRST)
            ? new NetworkWeights(
                spec, parameters, moment(file, FIRST, spec), moment(file, SECOND, spec), iteration)
            : NetworkWeights.weights(spec, parameters, iteration);
    return new Loaded(weights, file.metadata());
  }

  private static float[] moment(SafeTensors file, String name, UnetSpec spec) throws IOException {
    SafeTensors.Tensor read = file.tensors().get(name);
    int length = read == null ? 0 : read.values().length;
    if (length != spec.parameterCount()) {
      throw new IOException(
          "tensor %s should have %d values, the file has %d"
              .formatted(name, spec.parameterCount(), length));
    }
    return read.values();
  }
}
