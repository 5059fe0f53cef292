package org.fairspark.detect.ast;

import java.util.List;
import java.util.Optional;
import org.fairspark.anomaly.Peak;
import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.Detection;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.Method;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.TrainingLoad;
import org.fairspark.features.BackboneSettings;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchMap;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.MemoryEstimate;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.graph.GraphSpec;

/**
 * AST: an image is anomalous where a student does not give what the normalizing flow that it learnt
 * from gives.
 */
public final class AstMethod implements Method {
  public static final String NAME = "ast";

  private static final String TEACHER = "teacher";
  private static final String STUDENT = "student";

  /** Channels within the teacher's small networks, in base widths: the paper's 64 of 32. */
  private static final int TEACHER_WIDTHS = 2;

  /** Channels within the student, in base widths. */
  private static final int STUDENT_WIDTHS = 4;

  private static final int USUAL_CHANNELS = 512;
  private static final int USUAL_REDUCTION = 16;

  @Override
  public String name() {
    return NAME;
  }

  /** Returns the teacher and the student; both follow from the backbone's features. */
  @Override
  public List<MethodNetwork> networks(DetectionSettings settings) {
    return List.of(teacher(), student());
  }

  /** Returns the place of the teacher. */
  public static MethodNetwork teacher() {
    return MethodNetwork.ofGraph(TEACHER, Optional.empty(), Optional.empty());
  }

  /** Returns the place of the student: in the teacher's folder. */
  public static MethodNetwork student() {
    return MethodNetwork.ofGraph(STUDENT, Optional.of(STUDENT), Optional.empty());
  }

  /** Returns the teacher's architecture for features such as these. */
  public static GraphSpec teacher(DetectionSettings settings, FeatureMaps maps) {
    return teacher(settings, maps.channels(), maps.height(), maps.width());
  }

  private static GraphSpec teacher(
      DetectionSettings settings, int channels, int height, int width) {
    return new CouplingFlow(channels, height, width, TEACHER_WIDTHS * settings.width()).spec();
  }

  /** Returns the student's architecture for features such as these. */
  public static GraphSpec student(DetectionSettings settings, FeatureMaps maps) {
    return student(settings, maps.channels(), maps.height(), maps.width());
  }

  private static GraphSpec student(
      DetectionSettings settings, int channels, int height, int width) {
    return new ResidualStudent(channels, height, width, STUDENT_WIDTHS * settings.width()).spec();
  }

  @Override
  public boolean learnsFromSamples() {
    return false;
  }

  @Override
  public boolean needsBackbone() {
    return true;
  }

  /**
   * Returns both architectures for the features that memory is estimated for, since a plan does not
   * open the backbone: 512 channels at a sixteenth of the image's sides.
   */
  private static List<GraphSpec> usual(DetectionSettings settings, int height, int width) {
    int rows = Math.max(1, height / USUAL_REDUCTION);
    int columns = Math.max(1, width / USUAL_REDUCTION);
    return List.of(
        teacher(settings, USUAL_CHANNELS, rows, columns),
        student(settings, USUAL_CHANNELS, rows, columns));
  }

  @Override
  public MemoryEstimate memory(
      DetectionSettings settings, InferenceEngine engine, int height, int width) {
    return usual(settings, height, width).stream()
        .map(spec -> spec.runningMemory(InferenceEngine.ONNX, 1, height, width))
        .reduce(PatchExtractor.memory(height, width), MemoryEstimate::plus);
  }

  /**
   * Estimates the trainings, of the teacher by all workers and of the student by one, and the tasks
   * that make their samples.
   */
  @Override
  public MemoryEstimate trainingMemory(DetectionSettings settings, TrainingLoad load) {
    List<GraphSpec> usual = usual(settings, load.height(), load.width());
    return memory(settings, InferenceEngine.ONNX, load.height(), load.width())
        .times(load.tasks())
        .plus(training(usual.get(0), load).times(load.workers()))
        .plus(training(usual.get(1), load));
  }

  private static MemoryEstimate training(GraphSpec spec, TrainingLoad load) {
    return spec.trainingMemory(load.engine(), load.batchSize(), load.height(), load.width());
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return detector(settings.features().backbone(), networks);
  }

  static AnomalyDetector detector(BackboneSettings settings, TrainedNetworks networks) {
    TrainedGraph teacher = networks.graph(TEACHER);
    TrainedGraph student = networks.graph(STUDENT);
    Backbone backbone = networks.backbone();
    return images ->
        images.stream()
            .map(
                image -> detect(FeatureMaps.of(settings, backbone, image), teacher, student, image))
            .toList();
  }

  private static Detection detect(
      FeatureMaps maps, TrainedGraph teacher, TrainedGraph student, FloatImage image) {
    List<float[]> inputs = maps.inputs();
    float[] distances =
        distances(teacher.run(inputs).get(0), student.run(inputs).get(0), maps.channels());
    FloatImage map =
        PatchMap.of(distances, maps.height(), maps.width(), image.height(), image.width(), 0);
    return Detection.of(map, Peak.of(map).value());
  }

  /**
   * Returns the mean over channels of the squared differences at every place.
   *
   * @param a {@code float[channels][places]}
   * @param b {@code float[channels][places]}
   */
  static float[] distances(float[] a, float[] b, int channels) {
    int places = a.length / channels;
    float[] distances = new float[places];
    for (int i = 0; i < a.length; i++) {
      float difference = a[i] - b[i];
      distances[i % places] += difference * difference;
    }
    for (int place = 0; place < places; place++) {
      distances[place] /= channels;
    }
    return distances;
  }
}
