package org.fairspark.detect.intra;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Extra;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.TrainingLoad;
import org.fairspark.image.FloatImage;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;

/** InTra: an image is anomalous where a transformer paints in something else from around it. */
public final class IntraMethod implements Method {
  public static final String NAME = "intra";

  private static final String NETWORK = "transformer";

  /** Numbers of an embedded patch, in base widths. */
  private static final int WIDTHS = 4;

  @Override
  public String name() {
    return NAME;
  }

  /** Returns its only network, for images of the size that networks see. */
  public static MethodNetwork network(DetectionSettings settings) {
    PatchGrid grid = PatchGrid.of(settings.frame().size());
    return MethodNetwork.ofGraph(
        NETWORK,
        Optional.empty(),
        Optional.of(InpaintingTransformer.of(grid, WIDTHS * settings.width())));
  }

  /**
   * Returns a sample's input without what is drawn of it.
   *
   * @param image {@code float[3][H][W]}, RGB in [0,1]
   */
  public static float[] input(NetworkSpec network, FloatImage image) {
    return Arrays.copyOf(image.values(), network.sample(image.height(), image.width()).inputs());
  }

  /** Returns a sample's targets, all of which are drawn. */
  public static float[] targets(NetworkSpec network, FloatImage image) {
    return new float[network.sample(image.height(), image.width()).targets()];
  }

  /**
   * Returns trained weights that know what differs in normal images.
   *
   * @param differences of the training images, by {@link Inpainting#difference}
   */
  public static NetworkWeights knowing(NetworkWeights trained, MapSum differences) {
    return trained.with(InpaintingTransformer.NORMAL, differences.mean());
  }

  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(network(settings));
  }

  @Override
  public List<Extra> extras() {
    return Reconstruction.EXTRAS;
  }

  @Override
  public boolean learnsFromSamples() {
    return false;
  }

  /** Estimates training, and the tasks that then look at what differs in normal images. */
  @Override
  public MemoryEstimate trainingMemory(DetectionSettings settings, TrainingLoad load) {
    return memory(settings, InferenceEngine.ONNX, load.height(), load.width())
        .times(load.tasks())
        .plus(Method.super.trainingMemory(settings, load));
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    TrainedGraph network = networks.graph(NETWORK);
    return images ->
        images.stream().map(image -> detect(network, settings.function(), image)).toList();
  }

  /**
   * Detects anomalies: the map is the squared deviation of the smoothed difference from the mean of
   * normal images, and the score its maximum.
   */
  private static Detection detect(TrainedGraph network, MapFunction smoothing, FloatImage image) {
    Inpainting inpainting = Inpainting.of(network, image);
    FloatImage map = inpainting.difference();
    float[] values = map.values();
    for (int p = 0; p < values.length; p++) {
      values[p] -= inpainting.normal()[p];
    }
    smoothing.smooth(map);
    for (int p = 0; p < values.length; p++) {
      values[p] *= values[p];
    }
    Reconstruction made = new Reconstruction(image, image, inpainting.restored());
    return new Detection(map, Peak.of(map).value(), made.extras(), Optional.of(made));
  }
}
