package org.fairspark.detect;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fairspark.frequency.FrequencySimilarity;
import org.fairspark.image.FloatImage;

/**
 * An image as a restoring network sees it and gives it back, and the extras that compare both.
 *
 * @param original {@code float[3][H][W]}, RGB in [0,1]
 * @param input the network's input, {@code float[C][H][W]}: the image's high frequencies
 * @param restored the restoration, {@code float[3][H][W]}, RGB, not clipped
 */
public record Reconstruction(FloatImage original, FloatImage input, FloatImage restored) {
  /**
   * Mean squared error of the restoration over pixels and channels of the image in [0,1] (the
   * paper's "normal error", there in units of 1e-4).
   */
  public static final Extra MSE = new Extra("restoration_mse", Extra.Type.NUMBER);

  /** {@code double[distance]}, {@link FrequencySimilarity#cosines} of original and restoration. */
  public static final Extra SIMILARITY = new Extra("similarity_by_frequency", Extra.Type.NUMBERS);

  /** The declarations of {@link #extras}. */
  public static final List<Extra> EXTRAS = List.of(MSE, SIMILARITY);

  /** Returns the extras of a detection that was made by this reconstruction. */
  public Map<String, Supplier<double[]>> extras() {
    return Map.of(
        MSE.name(),
        () -> new double[] {meanSquaredError()},
        SIMILARITY.name(),
        () -> FrequencySimilarity.cosines(original, restored));
  }

  private double meanSquaredError() {
    float[] a = original.values();
    float[] b = restored.values();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = (double) a[i] - b[i];
      sum += d * d;
    }
    return sum / a.length;
  }
}
