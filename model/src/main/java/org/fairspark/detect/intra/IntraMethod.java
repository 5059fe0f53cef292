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
import org.fairspark.detect.PatchMethod;
import org.fairspark.detect.PatchSample;
import org.fairspark.detect.Reconstruction;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.TrainingLoad;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.random.SeededRandom;

/** InTra: an image is anomalous where a transformer paints in something else from around it. */
public final class IntraMethod implements PatchMethod<float[]> {
  public static final String NAME = "intra";

  private static final long serialVersionUID = 1;

  /** Numbers of an embedded patch, in base widths. */
  private static final int WIDTHS = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GraphSpec architecture(DetectionSettings settings) {
    return InpaintingTransformer.of(
        PatchGrid.of(settings.frame().size()), WIDTHS * settings.width());
  }

  /** Returns 1: a sample has several windows. */
  @Override
  public int samplesOfImage() {
    return 1;
  }

  /** Draws windows; training draws others in every epoch. */
  @Override
  public PatchSample sample(DetectionSettings settings, PixelImage image, long seed) {
    GraphSpec network = architecture(settings);
    NetworkSpec.SampleForm form = network.sample(image.height(), image.width());
    float[] input = Arrays.copyOf(image.toFloat().values(), form.inputs());
    float[] target = new float[form.targets()];
    network.draw(() -> new SeededRandom(seed), input, target, 0);
    return new PatchSample(input, target);
  }

  /** Returns what differs in an image from what is painted in, {@code float[H][W]}. */
  @Override
  public float[] look(DetectionSettings settings, TrainedGraph trained, FloatImage image) {
    return Inpainting.of(trained, image).difference().values();
  }

  /** Sets the mean of what differs in normal images. */
  @Override
  public NetworkWeights complete(NetworkWeights trained, List<float[]> images) {
    double[] sum = new double[images.get(0).length];
    for (float[] image : images) {
      for (int p = 0; p < sum.length; p++) {
        sum[p] += image[p];
      }
    }
    float[] mean = new float[sum.length];
    for (int p = 0; p < mean.length; p++) {
      mean[p] = (float) (sum[p] / images.size());
    }
    return trained.with(InpaintingTransformer.NORMAL, mean);
  }

  @Override
  public List<Extra> extras() {
    return Reconstruction.EXTRAS;
  }

  /** Estimates training, and the tasks that then look at what differs in normal images. */
  @Override
  public MemoryEstimate trainingMemory(DetectionSettings settings, TrainingLoad load) {
    return memory(settings, InferenceEngine.ONNX, load.height(), load.width())
        .times(load.tasks())
        .plus(PatchMethod.super.trainingMemory(settings, load));
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    TrainedGraph network = networks.graph(NETWORK);
    return images ->
        images.stream().map(image -> detect(network, settings.function(), image)).toList();
  }

  /**
   * Detects anomalies: the map is the deviation of the smoothed difference from the smoothed mean
   * of normal images, either way, and the score its maximum.
   */
  private static Detection detect(TrainedGraph network, MapFunction smoothing, FloatImage image) {
    Inpainting inpainting = Inpainting.of(network, image);
    FloatImage map = inpainting.difference();
    FloatImage normal = new FloatImage(1, map.height(), map.width(), inpainting.normal().clone());
    // Each by itself: the filter is one of values that are not negative.
    smoothing.smooth(map);
    smoothing.smooth(normal);
    float[] values = map.values();
    for (int p = 0; p < values.length; p++) {
      values[p] = Math.abs(values[p] - normal.values()[p]);
    }
    Reconstruction made = new Reconstruction(image, image, inpainting.restored());
    return new Detection(map, Peak.of(map).value(), made.extras(), Optional.of(made));
  }
}
