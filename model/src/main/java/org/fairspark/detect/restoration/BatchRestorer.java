package org.fairspark.detect.restoration;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.detect.Reconstruction;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Restorer;

/**
 * A restorer of images in batches that always have one size: a smaller one is filled up, because a
 * convolution rounds differently for another number of images. So the result for an image depends
 * on that image alone, not on how images were divided. As thread-safe as its network.
 *
 * @param extractor the extractor that the network was trained with
 * @param restorer the trained network
 * @param batchSize images that the network sees at a time
 */
public record BatchRestorer(HighFrequencyExtractor extractor, Restorer restorer, int batchSize) {
  /**
   * Restores images.
   *
   * @param images RGB images of one size, a multiple of 16 each way, at least one and at most a
   *     batch
   * @return one reconstruction per image, in order
   * @throws IllegalArgumentException if the sizes differ
   */
  public List<Reconstruction> restore(List<FloatImage> images) {
    int height = images.get(0).height();
    int width = images.get(0).width();
    int plane = height * width;
    float[] batch = new float[images.size() * extractor.channels() * plane];
    List<FloatImage> inputs = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      FloatImage image = images.get(i);
      if (image.height() != height || image.width() != width) {
        throw new IllegalArgumentException(
            "a batch holds images of one size, got %d x %d beside %d x %d"
                .formatted(image.height(), image.width(), height, width));
      }
      FloatImage input = extractor.extract(image);
      System.arraycopy(input.values(), 0, batch, i * input.values().length, input.values().length);
      inputs.add(input);
    }
    float[] restored = restorer.restoreFilled(batch, images.size(), batchSize, height, width);
    List<Reconstruction> reconstructions = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      float[] values = new float[3 * plane];
      System.arraycopy(restored, i * values.length, values, 0, values.length);
      reconstructions.add(
          new Reconstruction(
              images.get(i), inputs.get(i), new FloatImage(3, height, width, values)));
    }
    return reconstructions;
  }
}
