package org.fairspark.detect;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.network.Restorer;

/**
 * Inspects images with a trained restoration network. As thread-safe as its restorer.
 *
 * @param extractor the extractor that the network was trained with
 * @param restorer the trained network
 * @param function the anomaly evaluation function
 * @param batchSize images that the network sees at a time, always: a smaller rest is filled up,
 *     because a convolution rounds differently for another number of images. So the result for an
 *     image depends on that image alone, not on how images were divided.
 */
public record RestorationDetector(
    HighFrequencyExtractor extractor, Restorer restorer, MapFunction function, int batchSize) {

  public RestorationDetector {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be at least 1, got " + batchSize);
    }
  }

  /**
   * Inspects images.
   *
   * @param images any number of RGB images of one size, a multiple of 16 each way
   * @return one inspection an image, in order
   * @throws IllegalArgumentException if the sizes differ
   */
  public List<Detection> inspect(List<PixelImage> images) {
    List<Detection> inspections = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += batchSize) {
      inspectBatch(images.subList(from, Math.min(images.size(), from + batchSize)), inspections);
    }
    return inspections;
  }

  private void inspectBatch(List<PixelImage> images, List<Detection> inspections) {
    int height = images.get(0).height();
    int width = images.get(0).width();
    int plane = height * width;
    float[] batch = new float[batchSize * extractor.channels() * plane];
    List<FloatImage> originals = new ArrayList<>(images.size());
    List<FloatImage> inputs = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      PixelImage image = images.get(i);
      if (image.height() != height || image.width() != width) {
        throw new IllegalArgumentException(
            "a batch holds images of one size, got %d x %d beside %d x %d"
                .formatted(image.height(), image.width(), height, width));
      }
      FloatImage original = image.toFloat();
      FloatImage input = extractor.extract(original);
      System.arraycopy(input.values(), 0, batch, i * input.values().length, input.values().length);
      originals.add(original);
      inputs.add(input);
    }
    float[] restored = restorer.restore(batch, batchSize, height, width);
    for (int i = 0; i < images.size(); i++) {
      float[] own = new float[3 * plane];
      System.arraycopy(restored, i * own.length, own, 0, own.length);
      FloatImage restoration = new FloatImage(3, height, width, own);
      FloatImage map = function.map(originals.get(i), restoration);
      inspections.add(
          new Detection(
              inputs.get(i),
              restoration,
              map,
              AnomalyFunction.score(map),
              meanSquaredError(originals.get(i).values(), own)));
    }
  }

  private static double meanSquaredError(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = (double) a[i] - b[i];
      sum += d * d;
    }
    return sum / a.length;
  }
}
