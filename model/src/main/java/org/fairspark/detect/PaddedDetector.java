package org.fairspark.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.Window;

/**
 * A detector of images that are smaller than the network's: they are mirrored at their right and
 * lower edges up to its size, and what is found beyond them is cut off.
 *
 * @param detector of images of the network's size
 * @param size that the network sees
 */
record PaddedDetector(AnomalyDetector detector, ImageSize size) implements AnomalyDetector {
  /**
   * Detects anomalies.
   *
   * @param images any number of images of any sizes that fit in
   * @return one detection per image, in order, of the image's size; its score is the map's maximum
   */
  @Override
  public List<Detection> detect(List<FloatImage> images) {
    List<Detection> found =
        detector.detect(images.stream().map(image -> Window.of(image, 0, 0, size)).toList());
    List<Detection> cut = new ArrayList<>(images.size());
    for (int i = 0; i < found.size(); i++) {
      cut.add(cut(found.get(i), images.get(i)));
    }
    return cut;
  }

  private static Detection cut(Detection padded, FloatImage image) {
    FloatImage map = Window.of(padded.map(), 0, 0, image.size());
    Optional<Reconstruction> made =
        padded
            .reconstruction()
            .map(
                r ->
                    new Reconstruction(
                        image,
                        Window.of(r.input(), 0, 0, image.size()),
                        Window.of(r.restored(), 0, 0, image.size())));
    Map<String, Supplier<double[]>> extras = new HashMap<>(padded.extras());
    made.ifPresent(r -> r.extras().forEach(extras::replace));
    return new Detection(map, AnomalyFunction.score(map), extras, made);
  }
}
