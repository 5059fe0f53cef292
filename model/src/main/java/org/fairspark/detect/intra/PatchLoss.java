package org.fairspark.detect.intra;

import org.fairspark.network.graph.Arithmetic;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.Pointwise;
import org.fairspark.network.graph.Pooling;

/**
 * The loss of what was painted in: {@code L2 + 0.01 (1 - GMS) + 0.01 (1 - SSIM)}, each a mean over
 * pixels and channels, by layers of a graph.
 *
 * @param graph to add them to
 * @param planes channels of all patches of a sample
 * @param side of a patch, in pixels
 */
record PatchLoss(GraphBuilder graph, int planes, int side) {
  /** The paper's alpha and beta. */
  private static final double WEIGHT = 0.01;

  /** GMS's constant, as the map has it. */
  private static final double GMS_C = 0.0026;

  /** Keeps the root's derivative finite where a patch has no gradient. */
  private static final double EPSILON = 1e-12;

  /** SSIM's constants, (0.01)^2 and (0.03)^2 for values in [0,1]. */
  private static final double SSIM_C1 = 1e-4;

  private static final double SSIM_C2 = 9e-4;

  /** The side of SSIM's squares; less in patches that have no room for two of them. */
  private static final int SSIM_SIDE = 11;

  /**
   * Adds the loss.
   *
   * @param restored {@code [patches][3 side side]}
   * @param wanted likewise
   */
  String of(String restored, String wanted) {
    String a = graph.reshaped(restored, planes, side, side);
    String b = graph.reshaped(wanted, planes, side, side);
    String l2 = graph.mean(graph.each(Pointwise.SQUARE, graph.minus(a, b)));
    String likeness = graph.plus(graph.mean(gms(a, b)), graph.mean(ssim(a, b)));
    return graph.plus(l2, graph.affine(likeness, -WEIGHT, 2 * WEIGHT));
  }

  /** Adds {@code (2 m1 m2 + c) / (m1^2 + m2^2 + c)} of the magnitudes of Prewitt gradients. */
  private String gms(String a, String b) {
    String first = squaredMagnitude(a);
    String second = squaredMagnitude(b);
    String product =
        graph.times(
            graph.each(Pointwise.SQUARE_ROOT, first), graph.each(Pointwise.SQUARE_ROOT, second));
    return ratio(
        graph.affine(product, 2, GMS_C), graph.affine(graph.plus(first, second), 1, GMS_C));
  }

  /** Adds the squared magnitude of the gradient of every pixel but the outermost. */
  private String squaredMagnitude(String planesOfPixels) {
    // In the order column, plane, row; then row, column, plane.
    String across = difference(graph.permuted(planesOfPixels, 2, 0, 1));
    String horizontal = sum(graph.permuted(across, 2, 0, 1));
    // In the order row, column, plane; then column, row, plane; then as the other.
    String along = difference(graph.permuted(planesOfPixels, 1, 2, 0));
    String vertical = graph.permuted(sum(graph.permuted(along, 1, 0, 2)), 1, 0, 2);
    String squares =
        graph.plus(
            graph.each(Pointwise.SQUARE, horizontal), graph.each(Pointwise.SQUARE, vertical));
    return graph.affine(squares, 1.0 / 9, EPSILON);
  }

  /** Adds the difference of the neighbours along the first dimension. */
  private String difference(String x) {
    return graph.minus(graph.part(x, 2, side), graph.part(x, 0, side - 2));
  }

  /** Adds the sum of three neighbours along the first dimension. */
  private String sum(String x) {
    return graph.plus(
        graph.plus(graph.part(x, 0, side - 2), graph.part(x, 1, side - 1)), graph.part(x, 2, side));
  }

  private String ssim(String a, String b) {
    String meanA = means(a);
    String meanB = means(b);
    String squareA = graph.each(Pointwise.SQUARE, meanA);
    String squareB = graph.each(Pointwise.SQUARE, meanB);
    String product = graph.times(meanA, meanB);
    String covariance = graph.minus(means(graph.times(a, b)), product);
    String variances =
        graph.minus(
            means(graph.plus(graph.each(Pointwise.SQUARE, a), graph.each(Pointwise.SQUARE, b))),
            graph.plus(squareA, squareB));
    String numerator =
        graph.times(graph.affine(product, 2, SSIM_C1), graph.affine(covariance, 2, SSIM_C2));
    String denominator =
        graph.times(
            graph.affine(graph.plus(squareA, squareB), 1, SSIM_C1),
            graph.affine(variances, 1, SSIM_C2));
    return ratio(numerator, denominator);
  }

  private String means(String x) {
    int kernel = Math.min(SSIM_SIDE, side - 1);
    return graph.layer(x + ".means", new Pooling(Pooling.Kind.MEAN, kernel, 1, 0), x);
  }

  private String ratio(String numerator, String denominator) {
    return graph.layer(numerator + ".ratio", Arithmetic.DIVIDE, numerator, denominator);
  }
}
