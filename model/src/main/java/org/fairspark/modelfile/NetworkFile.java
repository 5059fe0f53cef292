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

  /** What a file that holds no U-Net says of its network: enough to tell it from others. */
  private static final String NETWORK = "network";

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
    for (NetworkSpec.TensorSpec tensor : weights.spec().tensors()) {
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
    if (weights.spec() instanceof UnetSpec unet) {
      all.put(CHANNELS, String.valueOf(unet.inputChannels()));
      all.put(WIDTH, String.valueOf(unet.width()));
      all.put(SKIPS, String.valueOf(unet.skips()));
      all.put(HEAD, unet.head().name().toLowerCase(Locale.ROOT));
    } else {
      all.put(NETWORK, weights.spec().toString());
    }
    all.put(ITERATION, String.valueOf(weights.iteration()));
    return all;
  }

  /**
   * Reads a file of either kind that holds a U-Net.
   *
   * @throws IOException if the stream fails, or the file is not whole or holds no U-Net; the
   *     message says which
   */
  public static Loaded read(InputStream in) throws IOException {
    SafeTensors file = SafeTensors.read(in, MAX_BYTES);
    try {
      Map<String, String> metadata = file.metadata();
      return loaded(
          file,
          new UnetSpec(
              Integer.parseInt(metadata.getOrDefault(CHANNELS, "missing")),
              Integer.parseInt(metadata.getOrDefault(WIDTH, "missing")),
              Boolean.parseBoolean(metadata.get(SKIPS)),
              UnetSpec.Head.valueOf(
                  metadata.getOrDefault(HEAD, "restoration").toUpperCase(Locale.ROOT))));
    } catch (IllegalArgumentException e) {
      throw new IOException("the file does not say what network it holds: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file of either kind that holds a network of the caller's architecture; of a U-Net the
   * file says itself what it is.
   *
   * @throws IOException if the stream fails, or the file is not whole or holds another network; the
   *     message says which
   */
  public static Loaded read(InputStream in, NetworkSpec expected) throws IOException {
    if (expected instanceof UnetSpec) {
      return read(in);
    }
    SafeTensors file = SafeTensors.read(in, MAX_BYTES);
    String held = file.metadata().get(NETWORK);
    if (!expected.toString().equals(held)) {
      throw new IOException(
          "the file should hold the network %s, it has %s"
              .formatted(expected, held == null ? "another" : held));
    }
    return loaded(file, expected);
  }

  private static Loaded loaded(SafeTensors file, NetworkSpec spec) throws IOException {
    long iteration;
    try {
      iteration = Long.parseLong(file.metadata().getOrDefault(ITERATION, "0"));
    } catch (NumberFormatException e) {
      throw new IOException("the file does not say how long it was trained: " + e.getMessage(), e);
    }
    float[] parameters = new float[spec.stateLength()];
    for (NetworkSpec.TensorSpec tensor : spec.tensors()) {
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

  private static float[] moment(SafeTensors file, String name, NetworkSpec spec)
      throws IOException {
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
