package org.fairspark.network.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;

/**
 * A backbone by ONNX Runtime: any file with one image as input and feature maps among its outputs.
 * Images go through one at a time, because a convolution rounds differently for another number of
 * images.
 */
public final class OnnxBackbone implements Backbone {
  private static final int CHANNELS = 3;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;
  private final Set<String> layers;

  private OnnxBackbone(OrtSession session, List<String> layers) throws OrtException {
    this.session = session;
    this.layers = new LinkedHashSet<>(layers);
    Set<String> inputs = session.getInputNames();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "a backbone has one input, the image; the file has " + inputs);
    }
    this.input = inputs.iterator().next();
    requireTensor("the input " + input, session.getInputInfo().get(input));
    for (String layer : layers) {
      NodeInfo output = session.getOutputInfo().get(layer);
      if (output == null) {
        throw new IllegalArgumentException(
            "the file has no output %s; it has %s"
                .formatted(layer, String.join(", ", session.getOutputNames())));
      }
      requireTensor("the output " + layer, output);
    }
  }

  private static void requireTensor(String what, NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT
        || tensor.getShape().length != 4) {
      throw new IllegalArgumentException(
          "%s must be float32 of four dimensions, images first; it is %s"
              .formatted(what, node.getInfo()));
    }
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
    OrtSession session = OnnxSessions.open(file, threads, gpu);
    try {
      return new OnnxBackbone(session, layers);
    } catch (OrtException | RuntimeException e) {
      OnnxSessions.close(session);
      throw e instanceof RuntimeException refused
          ? refused
          : new IllegalArgumentException("the file's outputs cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<FloatImage> features(FloatImage image) {
    if (image.channels() != CHANNELS) {
      throw new IllegalArgumentException(
          "a backbone sees %d channels, got %d".formatted(CHANNELS, image.channels()));
    }
    float[] values = image.values();
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(values)
            .rewind();
    long[] shape = {1, CHANNELS, image.height(), image.width()};
    try (OnnxTensor in = OnnxTensor.createTensor(environment, buffer, shape);
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

  private static FloatImage map(String layer, OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    FloatBuffer values = tensor.getFloatBuffer();
    if (shape[0] != 1) {
      throw new IllegalArgumentException(
          "the output %s has %d images for one".formatted(layer, shape[0]));
    }
    float[] map = new float[values.remaining()];
    values.get(map);
    return new FloatImage((int) shape[1], (int) shape[2], (int) shape[3], map);
  }

  @Override
  public void close() {
    OnnxSessions.close(session);
  }
}
