package org.fairspark.detect.rd4ad;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.network.AdamConstants;
import org.fairspark.network.graph.BatchNormalization;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.Operation;
import org.fairspark.network.graph.TransposedConvolution;

/**
 * The bottleneck and the student: from the teacher's features of several scales to one embedding,
 * and from that back to the features of each scale (the paper's figure 2). What comes out is how
 * far the teacher's features are from the student's, for every place of every scale.
 */
final class StudentNetwork {
  private static final AdamConstants ADAM = new AdamConstants(0.5, 0.999, 0);

  private final GraphBuilder graph = new GraphBuilder("rd4ad").adam(ADAM);
  private final int width;

  private StudentNetwork(int width) {
    this.width = width;
  }

  /**
   * Returns the network.
   *
   * @param width channels of the student's finest scale; each coarser one has twice as many
   * @param layers shapes of the teacher's features, {@code [channels][height][width]}, each half as
   *     large as the one before
   * @throws IllegalArgumentException if they are not so, or the coarsest cannot be halved
   */
  static GraphSpec of(int width, List<List<Integer>> layers) {
    for (int i = 0; i < layers.size(); i++) {
      List<Integer> next = i + 1 < layers.size() ? layers.get(i + 1) : List.of();
      List<Integer> layer = layers.get(i);
      boolean halved =
          next.isEmpty()
              ? layer.get(1) % 2 == 0 && layer.get(2) % 2 == 0
              : layer.get(1) == 2 * next.get(1) && layer.get(2) == 2 * next.get(2);
      if (!halved) {
        throw new IllegalArgumentException(
            "rd4ad takes layers of which each has half the height and width of the one before, and"
                + " the last an even height and width; their shapes are "
                + layers);
      }
    }
    return new StudentNetwork(width).build(layers);
  }

  private int channels(int scale) {
    return Math.multiplyExact(width, 1 << scale);
  }

  private GraphSpec build(List<List<Integer>> layers) {
    int scales = layers.size();
    List<String> teacher = new ArrayList<>();
    for (int i = 0; i < scales; i++) {
      teacher.add(graph.input("teacher" + (i + 1), layers.get(i).toArray(new Integer[0])));
    }
    String x = embedding(teacher);
    List<String> distances = new ArrayList<>();
    for (int scale = scales - 1; scale >= 0; scale--) {
      String stage = "student" + (scale + 1);
      x = enlarging(stage + ".0", channels(scale), x);
      x = residual(stage + ".1", channels(scale), 1, x, false);
      String restored =
          graph.layer(stage + ".features", Convolution.of(layers.get(scale).get(0), 1), x);
      distances.add(0, graph.cosineDistance(teacher.get(scale), restored));
    }
    String loss = graph.mean(distances.get(0));
    for (String distance : distances.subList(1, scales)) {
      loss = graph.plus(loss, graph.mean(distance));
    }
    return graph.build(distances, loss);
  }

  /** Adds the fusion of the scales and the embedding of one class (section 3.3 of the paper). */
  private String embedding(List<String> teacher) {
    int last = teacher.size() - 1;
    List<String> fused = new ArrayList<>();
    for (int scale = 0; scale <= last; scale++) {
      String x = teacher.get(scale);
      for (int to = scale + 1; to <= last; to++) {
        String name = "fusion%d.%d".formatted(scale + 1, to - scale - 1);
        x = graph.convBlock(name, starting(Convolution.of(channels(to), 3).striding(2)), x);
      }
      fused.add(x);
    }
    String all = fused.size() == 1 ? fused.get(0) : graph.joined(fused.toArray(new String[0]));
    String first = residual("embedding.0", channels(last + 1), 2, all, true);
    return residual("embedding.1", channels(last + 1), 1, first, false);
  }

  /**
   * Adds a residual block of two convolutions.
   *
   * @param projected whether the shortcut is a convolution too, as other sizes need it
   */
  private String residual(String block, int out, int stride, String from, boolean projected) {
    String first =
        graph.convBlock(block + ".0", starting(Convolution.of(out, 3).striding(stride)), from);
    String second = graph.normalized(block + ".1", starting(Convolution.of(out, 3)), first);
    String shortcut =
        projected
            ? graph.normalized(
                block + ".shortcut", starting(Convolution.of(out, 1).striding(stride)), from)
            : from;
    return graph.relu(graph.plus(second, shortcut));
  }

  /** Adds a residual block that doubles height and width. */
  private String enlarging(String block, int out, String from) {
    String first = graph.relu(doubled(block + ".0", out, from));
    String second = graph.normalized(block + ".1", starting(Convolution.of(out, 3)), first);
    return graph.relu(graph.plus(second, doubled(block + ".shortcut", out, from)));
  }

  private String doubled(String name, int out, String from) {
    return graph.layer(
        name + ".norm",
        new BatchNormalization(),
        graph.layer(name + ".deconv", new TransposedConvolution(out, false), from));
  }

  private static Convolution starting(Convolution convolution) {
    return convolution.starting(Operation.Start.KAIMING);
  }
}
