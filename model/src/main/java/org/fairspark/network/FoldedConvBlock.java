package org.fairspark.network;

import java.util.Arrays;
import java.util.Iterator;

/**
 * A convolution in evaluation mode, where batch normalization is a fixed line for each channel:
 * folded into the weights and biases, it costs nothing.
 *
 * @param weights {@code float[out][in][3][3]}
 * @param biases {@code float[out]}
 */
public record FoldedConvBlock(UnetSpec.Unit unit, float[] weights, float[] biases) {

  /**
   * Returns all of a network, in the order in which data meets them; each is made when asked for.
   */
  public static Iterator<FoldedConvBlock> of(NetworkWeights weights) {
    Iterator<UnetSpec.Unit> units = weights.unet().units().iterator();
    return new Iterator<>() {
      private int offset;

      @Override
      public boolean hasNext() {
        return units.hasNext();
      }

      @Override
      public FoldedConvBlock next() {
        UnetSpec.Unit unit = units.next();
        FoldedConvBlock folded = of(unit, weights.parameters(), offset);
        offset += unit.length();
        return folded;
      }
    };
  }

  /** Returns it with as many more outputs, always zero, as make their number a multiple. */
  public FoldedConvBlock padded(int multiple) {
    int out = (unit.out() + multiple - 1) / multiple * multiple;
    if (out == unit.out()) {
      return this;
    }
    return new FoldedConvBlock(
        new UnetSpec.Unit(unit.convolution(), unit.normalization(), unit.in(), out),
        Arrays.copyOf(weights, out * 9 * unit.in()),
        Arrays.copyOf(biases, out));
  }

  private static FoldedConvBlock of(UnetSpec.Unit unit, float[] all, int offset) {
    int biasAt = offset + unit.weights();
    float[] weights = Arrays.copyOfRange(all, offset, biasAt);
    float[] biases = Arrays.copyOfRange(all, biasAt, biasAt + unit.out());
    if (unit.normalized()) {
      fold(unit, all, biasAt + unit.out(), weights, biases);
    }
    return new FoldedConvBlock(unit, weights, biases);
  }

  private static void fold(
      UnetSpec.Unit unit, float[] all, int scaleAt, float[] weights, float[] biases) {
    int out = unit.out();
    int each = weights.length / out;
    for (int c = 0; c < out; c++) {
      double shift = all[scaleAt + out + c];
      double mean = all[scaleAt + 2 * out + c];
      double variance = all[scaleAt + 3 * out + c];
      double factor = all[scaleAt + c] / Math.sqrt(variance + UnetSpec.BATCH_NORM_EPSILON);
      for (int i = c * each; i < (c + 1) * each; i++) {
        weights[i] = (float) (weights[i] * factor);
      }
      biases[c] = (float) ((biases[c] - mean) * factor + shift);
    }
  }
}
