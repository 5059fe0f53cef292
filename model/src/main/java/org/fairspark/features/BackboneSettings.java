package org.fairspark.features;

import java.io.Serializable;
import java.util.List;
import org.fairspark.image.FloatImage;

/**
 * The layers that a frozen network is asked for and the preprocessing of its images.
 *
 * @param layers names of the network's outputs, the finest first; none where no backbone is used
 * @param mean of red, green and blue in 0..255, subtracted from them
 * @param deviation of red, green and blue in 0..255, that they are divided by
 */
public record BackboneSettings(List<String> layers, List<Double> mean, List<Double> deviation)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a layer is named twice, or a mean or deviation is not one
   *     of three finite numbers, the latter above 0
   */
  public BackboneSettings {
    layers = List.copyOf(layers);
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (layers.stream().distinct().count() != layers.size()) {
      throw new IllegalArgumentException("each layer must be named once, got " + layers);
    }
    if (mean.size() != 3 || !mean.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("the mean must be three finite numbers, got " + mean);
    }
    if (deviation.size() != 3 || !deviation.stream().allMatch(d -> d > 0 && Double.isFinite(d))) {
      throw new IllegalArgumentException(
          "the deviation must be three finite numbers above 0, got " + deviation);
    }
  }

  /**
   * Returns an image as the network wants it.
   *
   * @param image {@code float[3][H][W]}, RGB in [0,1]
   * @return {@code float[3][H][W]}: the image in 0..255, less the mean, by the deviation
   */
  public FloatImage preprocess(FloatImage image) {
    int plane = image.height() * image.width();
    float[] in = image.values();
    float[] out = new float[in.length];
    for (int c = 0; c < image.channels(); c++) {
      float channelMean = mean.get(c).floatValue();
      float channelDeviation = deviation.get(c).floatValue();
      for (int p = c * plane; p < (c + 1) * plane; p++) {
        out[p] = (in[p] * 255f - channelMean) / channelDeviation;
      }
    }
    return new FloatImage(image.channels(), image.height(), image.width(), out);
  }
}
