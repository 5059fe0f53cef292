package org.fairspark.network.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;

/**
 * A backbone by ONNX Runtime: any file with one image as input and feature maps among its outputs,
 * channels first or, where the file says that its input is so, last. Images go through one at a
 * time, because a convolution rounds differently for another number of images.
 *
 * <p>An output of fewer than four dimensions, such as a single number, is a map of as many as it
 * has: what is missing of channels, height and width is 1.
 */
public final class OnnxBackbone implements Backbone {
  private static final int CHANNELS = 3;
  private static final int MAX_DIMENSIONS = 4;

  /** The length of a dimension that a file leaves open. */
  private static final long FREE = -1;

  private final OrtSession session;
  private final String input;
  private final Set<String> layers;
  private final long[] inputShape;
  private final boolean channelsLast;

  private OnnxBackbone(OrtSession session, List<String> layers) throws OrtException {
    this.session = session;
    this.layers = new LinkedHashSet<>(layers);
    Set<String> inputs = session.getInputNames();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "a backbone has one input, the image; the file has " + inputs);
    }
    this.input = inputs.iterator().next();
    this.inputShape = shape("the input " + input, session.getInputInfo().get(input));
    if (inputShape.length != MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "the input %s must have four dimensions, images first; it has %s"
              .formatted(input, Arrays.toString(inputShape)));
    }
    this.channelsLast = inputShape[1] != CHANNELS && inputShape[3] == CHANNELS;
    if (!channelsLast && inputShape[1] != CHANNELS && inputShape[1] != FREE) {
      throw new IllegalArgumentException(
          "the input %s must have three channels, red, green and blue; its dimensions are %s"
              .formatted(input, Arrays.toString(inputShape)));
    }
    for (String layer : layers) {
      NodeInfo output = session.getOutputInfo().get(layer);
      if (output == null) {
        throw new IllegalArgumentException(
            "the file has no output %s; it has %s"
                .formatted(layer, String.join(", ", session.getOutputNames())));
      }
      int dimensions = shape("the output " + layer, output).length;
      if (dimensions > MAX_DIMENSIONS) {
        throw new IllegalArgumentException(
            "the output %s has %d dimensions, a map has at most four".formatted(layer, dimensions));
      }
    }
  }

  private static long[] shape(String what, NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new IllegalArgumentException(
          "%s must be float32; it is %s".formatted(what, node.getInfo()));
    }
    return tensor.getShape();
  }

  /**
   * Prepares a file.
   *
   * @param layers names of outputs, at least one
   * @param threads how many may work on one image
   * @param gpu CUDA's number of the GPU; empty for the CPU
   * @throws IllegalArgumentException if it is no such file, or has no such outputs
   * @throws IllegalStateException if ONNX Runtime is {@link OnnxRestorer#unavailable}
   */
  public static OnnxBackbone open(byte[] file, List<String> layers, int threads, OptionalInt gpu) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a backbone needs at least one layer");
    }
    return OnnxSessions.open(file, threads, gpu, session -> new OnnxBackbone(session, layers));
  }

  /**
   * Makes sure that all layers are feature maps.
   *
   * @throws IllegalArgumentException if one has fewer than four dimensions
   */
  public void requireFeatureMaps() {
    for (String layer : layers) {
      int dimensions = outputShape(layer).length;
      if (dimensions != MAX_DIMENSIONS) {
        throw new IllegalArgumentException(
            "the output %s must be float32 of four dimensions, images first; it has %d"
                .formatted(layer, dimensions));
      }
    }
  }

  /**
   * Makes sure that the layers are an anomaly map of one channel and, if there is a second, a
   * number.
   *
   * @throws IllegalArgumentException if the file says otherwise, or more than two are named
   */
  public void requireDetector() {
    List<String> named = List.copyOf(layers);
    if (named.size() > 2) {
      throw new IllegalArgumentException(
          "a detector's outputs are its map and perhaps its score, not " + named);
    }
    String map = named.get(0);
    long[] shape = outputShape(map);
    long channels = shape.length == MAX_DIMENSIONS ? shape[channelsLast ? 3 : 1] : 1;
    if (shape.length < MAX_DIMENSIONS - 1 || (channels != 1 && channels != FREE)) {
      throw new IllegalArgumentException(
          "the output %s is not an anomaly map, images first, of one channel; its dimensions are %s"
              .formatted(map, Arrays.toString(shape)));
    }
    if (named.size() == 2) {
      long[] score = outputShape(named.get(1));
      if (Arrays.stream(score).anyMatch(length -> length != 1 && length != FREE)) {
        throw new IllegalArgumentException(
            "the output %s is not a score, one number for an image; its dimensions are %s"
                .formatted(named.get(1), Arrays.toString(score)));
      }
    }
  }

  /**
   * Makes sure that the network takes images of a size.
   *
   * @throws IllegalArgumentException if the file is for one other size
   */
  public void requireSize(int height, int width) {
    long fixedHeight = inputShape[channelsLast ? 1 : 2];
    long fixedWidth = inputShape[channelsLast ? 2 : 3];
    if ((fixedHeight != FREE && fixedHeight != height)
        || (fixedWidth != FREE && fixedWidth != width)) {
      throw new IllegalArgumentException(
          "the file is for images of %s x %s pixels, not of %d x %d"
              .formatted(sideWord(fixedWidth), sideWord(fixedHeight), width, height));
    }
  }

  private static String sideWord(long side) {
    return side == FREE ? "any" : String.valueOf(side);
  }

  private long[] outputShape(String layer) {
    try {
      return shape("the output " + layer, session.getOutputInfo().get(layer));
    } catch (OrtException e) {
      throw new IllegalArgumentException("the file's outputs cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<FloatImage> features(FloatImage image) {
    if (image.channels() != CHANNELS) {
      throw new IllegalArgumentException(
          "a backbone sees %d channels, got %d".formatted(CHANNELS, image.channels()));
    }
    float[] values = channelsLast ? channelsLast(image) : image.values();
    long[] shape =
        channelsLast
            ? new long[] {1, image.height(), image.width(), CHANNELS}
            : new long[] {1, CHANNELS, image.height(), image.width()};
    try (OnnxTensor in = OnnxSessions.tensor(values, shape);
        OrtSession.Result result = session.run(Map.of(input, in), layers)) {
      List<FloatImage> maps = new ArrayList<>(layers.size());
      for (String layer : layers) {
        maps.add(map(layer, (OnnxTensor) result.get(layer).orElseThrow()));
      }
      return maps;
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "the backbone fails on an image of %d x %d pixels: %s"
              .formatted(image.width(), image.height(), e.getMessage()),
          e);
    }
  }

  private static float[] channelsLast(FloatImage image) {
    int plane = image.height() * image.width();
    float[] out = new float[image.values().length];
    for (int c = 0; c < CHANNELS; c++) {
      for (int p = 0; p < plane; p++) {
        out[p * CHANNELS + c] = image.values()[c * plane + p];
      }
    }
    return out;
  }

  private FloatImage map(String layer, OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    FloatBuffer values = tensor.getFloatBuffer();
    if (shape.length > 0 && shape[0] != 1) {
      throw new IllegalArgumentException(
          "the output %s has %d images for one".formatted(layer, shape[0]));
    }
    float[] map = new float[values.remaining()];
    values.get(map);
    int height = shape.length == MAX_DIMENSIONS ? (int) shape[channelsLast ? 1 : 2] : 1;
    int width = shape.length == MAX_DIMENSIONS ? (int) shape[channelsLast ? 2 : 3] : 1;
    if (shape.length == MAX_DIMENSIONS - 1) {
      // One map, without a dimension for its only channel.
      height = (int) shape[1];
      width = (int) shape[2];
    }
    int channels = map.length / Math.max(1, height * width);
    return new FloatImage(
        channels, height, width, channelsLast ? channelsFirst(map, channels) : map);
  }

  private static float[] channelsFirst(float[] values, int channels) {
    int plane = values.length / channels;
    float[] out = new float[values.length];
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        out[c * plane + p] = values[p * channels + c];
      }
    }
    return out;
  }

  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
