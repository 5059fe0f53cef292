package org.fairspark.detect.restoration;

import java.util.ArrayList;
import java.util.Arrays;
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
    List<FloatImage> inputs = inputs(images);
    List<FloatImage> restored = outputs(inputs);
    List<Reconstruction> reconstructions = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      reconstructions.add(new Reconstruction(images.get(i), inputs.get(i), restored.get(i)));
    }
    return reconstructions;
  }

  /**
   * Runs images through the network.
   *
   * @param images as {@link #restore} takes them
   * @return one output per image, in order, {@code float[channels of the head][H][W]}
   * @throws IllegalArgumentException if the sizes differ
   */
  public List<FloatImage> run(List<FloatImage> images) {
    return outputs(inputs(images));
  }

  private List<FloatImage> inputs(List<FloatImage> images) {
    int height = images.get(0).height();
    int width = images.get(0).width();
    List<FloatImage> inputs = new ArrayList<>(images.size());
    for (FloatImage image : images) {
      if (image.height() != height || image.width() != width) {
        throw new IllegalArgumentException(
            "a batch holds images of one size, got %d x %d beside %d x %d"
                .formatted(image.height(), image.width(), height, width));
      }
      inputs.add(extractor.extract(image));
    }
    return inputs;
  }

  private List<FloatImage> outputs(List<FloatImage> inputs) {
    int height = inputs.get(0).height();
    int width = inputs.get(0).width();
    int length = extractor.channels() * height * width;
    float[] batch = new float[inputs.size() * length];
    for (int i = 0; i < inputs.size(); i++) {
      System.arraycopy(inputs.get(i).values(), 0, batch, i * length, length);
    }
    float[] made = restorer.restoreFilled(batch, inputs.size(), batchSize, height, width);
    int each = made.length / inputs.size();
    List<FloatImage> outputs = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      float[] values = Arrays.copyOfRange(made, i * each, (i + 1) * each);
      outputs.add(new FloatImage(each / (height * width), height, width, values));
    }
    return outputs;
  }
}
