package org.fairspark.detect.cutpaste;

import java.util.List;
import java.util.stream.IntStream;
import org.fairspark.detect.padim.GaussianSums;
import org.fairspark.detect.padim.PlaceGaussians;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.PatchGrid;
import org.fairspark.features.Vectors;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.Linear;
import org.fairspark.network.graph.Operation;
import org.fairspark.network.graph.Pointwise;
import org.fairspark.network.graph.Pooling;
import org.fairspark.network.graph.Reduction;

/**
 * The network that learns which of three classes a patch is of: a ResNet-18 with a head of two
 * layers. Behind its embedding, the mean of the last map, is the Gaussian of normal patches'
 * embeddings, which is not learnt but fitted afterwards: the trained network gives a patch's
 * Mahalanobis distance.
 */
final class CutPasteNetwork {
  static final String EMBEDDING = "embedding";
  static final String DISTANCE = "distance";

  /** Classes: see {@link org.fairspark.corruption.PastedPatch}. */
  static final int CLASSES = 3;

  private static final String DENSITY = "density";
  private static final int HEAD = 128;

  /** The paper's patches have a quarter of the image's side, 64 of 256 pixels. */
  private static final int PATCHES_OF_SIDE = 4;

  private static final int MIN_SIDE = 16;
  private static final int MAX_SIDE = 64;

  /** Patches up to this side are not made smaller by the first convolution. */
  private static final int SMALL = 32;

  /** Share of the mean variance that is added to each: the paper's estimate may be singular. */
  private static final double REGULARIZATION = 0.01;

  private CutPasteNetwork() {}

  /** Returns the side of a patch in pixels, a multiple of four. */
  static int side(ImageSize image) {
    int quarter = image.shorter() / PATCHES_OF_SIDE / 4 * 4;
    return Math.max(MIN_SIDE, Math.min(MAX_SIDE, quarter));
  }

  /**
   * Returns the architecture.
   *
   * @param side of a patch, in pixels
   * @param width channels of the first stage, the paper's 64
   */
  static GraphSpec spec(int side, int width) {
    GraphBuilder graph = new GraphBuilder("cutpaste");
    String patch = graph.input("patch", 3, side, side);
    String wanted = graph.target("class", CLASSES);
    Convolution first =
        side <= SMALL ? Convolution.of(width, 3) : Convolution.of(width, 7).striding(2);
    String x = graph.convBlock("stem", start(first), graph.affine(patch, 4, -2));
    x = graph.layer("stem.pool", new Pooling(Pooling.Kind.MAX, 3, 2, 1), x);
    int in = width;
    for (int stage = 0; stage < 4; stage++) {
      int out = width << stage;
      for (int block = 0; block < 2; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = residual(graph, "stage%d.%d".formatted(stage + 1, block), x, in, out, stride);
        in = out;
      }
    }
    String embedding = graph.layer(EMBEDDING, Reduction.GLOBAL_MEAN, x);
    String head = graph.relu(graph.layer("head.0", Linear.of(in), embedding));
    head = graph.relu(graph.layer("head.1", Linear.of(HEAD), head));
    String logits = graph.layer("logits", Linear.of(CLASSES), head);
    String loss = graph.scaled(graph.mean(graph.times(graph.logSoftmax(logits), wanted)), -CLASSES);
    String white = graph.layer(DENSITY, Linear.fitted(in), embedding);
    graph.layer(
        DISTANCE, Pointwise.SQUARE_ROOT, graph.channelSum(graph.each(Pointwise.SQUARE, white)));
    return graph.build(List.of(EMBEDDING, DISTANCE), loss);
  }

  private static String residual(
      GraphBuilder graph, String name, String from, int in, int out, int stride) {
    String x =
        graph.convBlock(name + ".first", start(Convolution.of(out, 3).striding(stride)), from);
    x = graph.normalized(name + ".second", start(Convolution.of(out, 3)), x);
    String skip =
        stride == 1 && in == out
            ? from
            : graph.normalized(
                name + ".skip", start(Convolution.of(out, 1).striding(stride)), from);
    return graph.relu(graph.plus(x, skip));
  }

  private static Convolution start(Convolution convolution) {
    return convolution.starting(Operation.Start.KAIMING);
  }

  /**
   * Adds up the embeddings of an image's patches.
   *
   * @param network that is trained; its Gaussian is not looked at
   * @param image {@code float[3][H][W]}, RGB in [0,1]
   */
  static GaussianSums sums(TrainedGraph network, PatchGrid grid, FloatImage image) {
    GaussianSums sums = null;
    int[] all = null;
    for (FloatImage patch : grid.patches(image)) {
      float[] embedding = network.run(List.of(patch.values())).get(0);
      int n = embedding.length;
      if (sums == null) {
        sums = new GaussianSums(1, 1, n);
        all = IntStream.range(0, n).toArray();
      }
      sums.add(new PatchFeatures(1, 1, List.of(n), new Vectors(1, n, embedding)), all);
    }
    return sums;
  }

  /**
   * Returns trained weights with the Gaussian of normal patches.
   *
   * @param sums over the embeddings of normal patches, all at one place
   */
  static NetworkWeights withDensity(NetworkWeights trained, GaussianSums sums) {
    PlaceGaussians gaussian = PlaceGaussians.fit(sums, REGULARIZATION * sums.meanVariance(0));
    float[] mean = gaussian.mean(0);
    float[] triangle = gaussian.whitening(0);
    int n = mean.length;
    float[] weight = new float[n * n];
    float[] bias = new float[n];
    for (int i = 0, at = 0; i < n; i++) {
      double shift = 0;
      for (int j = 0; j <= i; j++, at++) {
        weight[i * n + j] = triangle[at];
        shift -= (double) triangle[at] * mean[j];
      }
      bias[i] = (float) shift;
    }
    return trained.with(DENSITY + ".weight", weight).with(DENSITY + ".bias", bias);
  }
}
