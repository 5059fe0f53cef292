package org.fairspark.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.dl4j.NetworkProbe;
import org.fairspark.training.LearningRate;
import org.junit.jupiter.api.DynamicTest;

/**
 * The network, its training step and its schedule ({@code g_unet}, {@code g_ops/up_align_true},
 * {@code g_sched}).
 */
final class NetworkGoldens implements GoldenStage {
  private static final double LEARNING_RATE = 1e-3;

  /**
   * Twice the manifest's tolerance: Adam turns a gradient of rounding noise into a whole step, and
   * PyTorch itself, its weights changed by 1e-7, ends up to 0.011 away from the golden losses.
   */
  private static final double CHAOS = 0.02;

  private static final Pattern ADAM = Pattern.compile("adam(\\d+)/(.+)");

  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : set.names("g_ops/up_align_true")) {
      tests.add(
          DynamicTest.dynamicTest(
              name,
              () -> {
                GoldenSet.Npy in = set.array("g_ops/up_in");
                int[] s = in.shape();
                set.check(name, NetworkProbe.doubled(in.floats(), s[0] * s[1], s[2], s[3]));
              }));
    }
    for (String name : set.names("g_sched/")) {
      tests.add(DynamicTest.dynamicTest(name, () -> schedule(set, name)));
    }
    for (String group : set.groups("g_unet/")) {
      Case c = new Case(set, group, new Dl4jProbe());
      tests.add(DynamicTest.dynamicTest(group + " evaluation", c::evaluation));
      c.training().forEach(tests::add);
    }
    return tests.stream();
  }

  /** The inner values of an engine that trains. */
  interface EngineProbe {
    String name();

    Trainer trainer(NetworkWeights weights);

    /** Returns a forward pass in training mode; like any, it moves the running statistics. */
    float[] forward(Trainer trainer, float[] input, int n, int height, int width);

    /** Returns the gradients of one batch, by tensor name, without a step. */
    Map<String, float[]> gradients(
        Trainer trainer, float[] input, float[] target, int n, int height, int width);
  }

  private static final class Dl4jProbe implements EngineProbe {
    @Override
    public String name() {
      return "DL4J";
    }

    @Override
    public Trainer trainer(NetworkWeights weights) {
      return Dl4jTrainer.of(weights);
    }

    @Override
    public float[] forward(Trainer trainer, float[] input, int n, int height, int width) {
      return NetworkProbe.trainingForward((Dl4jTrainer) trainer, input, n, height, width);
    }

    @Override
    public Map<String, float[]> gradients(
        Trainer trainer, float[] input, float[] target, int n, int height, int width) {
      return NetworkProbe.gradients((Dl4jTrainer) trainer, input, target, n, height, width);
    }
  }

  static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /** Compares where milestones are whole numbers; the reference skips all others. */
  private static void schedule(GoldenSet set, String name) {
    int epochs = Integer.parseInt(name.replaceAll(".*epochs", ""));
    JsonNode steps = set.entry(name).get("value");
    double base = steps.get(0).get(1).asDouble();
    boolean whole =
        0.8 * epochs == Math.rint(0.8 * epochs) && 0.9 * epochs == Math.rint(0.9 * epochs);
    for (int epoch = 0; epoch < epochs; epoch++) {
      double expected = base;
      for (JsonNode step : steps) {
        expected = step.get(0).asInt() <= epoch ? step.get(1).asDouble() : expected;
      }
      assertThat(asReferenceCode(base, epoch, epochs))
          .as("%s: rate of epoch %d", name, epoch)
          .isCloseTo(expected, within(1e-9 * expected));
      if (whole) {
        assertThat(LearningRate.paper(base).at(epoch, epochs))
            .as("%s: our rate of epoch %d", name, epoch)
            .isCloseTo(expected, within(1e-9 * expected));
      }
    }
    set.markChecked(name);
  }

  /** Returns the rate of the reference code, which skips every milestone that is not whole. */
  private static double asReferenceCode(double base, int epoch, int epochs) {
    double rate = base;
    for (double milestone : new double[] {0.8 * epochs, 0.9 * epochs}) {
      rate *= epoch >= milestone && milestone == Math.rint(milestone) ? 0.2 : 1;
    }
    return rate;
  }

  /** One network with given weights and one batch. */
  static final class Case {
    private final EngineProbe engine;
    private final GoldenSet set;
    private final String group;
    private final UnetSpec shape;
    private final NetworkWeights weights;
    private final float[] x;
    private final float[] target;
    private final int n;
    private final int h;
    private final int w;

    Case(GoldenSet set, String group, EngineProbe engine) {
      this.engine = engine;
      this.set = set;
      this.group = group;
      int[] size = set.array(group + "/x").shape();
      n = size[0];
      h = size[2];
      w = size[3];
      int width = set.array(group + "/w/encoder.block1.0.weight").shape()[0];
      shape = new UnetSpec(size[1], width, true);
      x = set.array(group + "/x").floats();
      target = set.array(group + "/target").floats();
      float[] parameters = new float[shape.stateLength()];
      for (UnetSpec.TensorSpec tensor : shape.tensors()) {
        float[] values = set.array(group + "/w/" + tensor.name()).floats();
        assertThat(values.length).as("length of %s", tensor.name()).isEqualTo(tensor.length());
        System.arraycopy(values, 0, parameters, tensor.offset(), values.length);
      }
      int moments = shape.parameterCount();
      weights = new NetworkWeights(shape, parameters, new float[moments], new float[moments], 0);
    }

    /** Returns the tests of an engine that trains. */
    Stream<DynamicTest> training() {
      String by = " by " + engine.name();
      return Stream.of(
          DynamicTest.dynamicTest(group + " training mode" + by, this::trainingMode),
          DynamicTest.dynamicTest(group + " gradients" + by, this::gradients),
          DynamicTest.dynamicTest(group + " Adam" + by, this::adam));
    }

    private boolean has(String what) {
      return set.has(group + "/" + what);
    }

    private void check(String what, float[] actual) {
      set.check(group + "/" + what, actual);
    }

    private void scalar(String what, double actual) {
      set.check(group + "/" + what, new double[] {actual});
    }

    void evaluation() {
      try (Dl4jTrainer network = Dl4jTrainer.of(weights)) {
        check("y_eval", network.restore(x, n, h, w));
        if (set.names(group + "/eval_").isEmpty()) {
          return;
        }
        float[] first = Arrays.copyOf(x, x.length / n);
        Map<String, float[]> activations = NetworkProbe.activations(network, first, 1, h, w);
        for (String name : set.names(group + "/eval_")) {
          String block = name.substring(name.indexOf("eval_") + 5);
          String vertex =
              block.startsWith("up")
                  ? "decoder." + block + ".1"
                  : block.startsWith("db")
                      ? "decoder." + block + ".3"
                      : "encoder.block" + block.substring(1) + ".3";
          set.check(name, activations.get(vertex));
        }
      }
    }

    private void trainingMode() {
      try (Trainer network = engine.trainer(weights)) {
        check("y_train", engine.forward(network, x, n, h, w));
        NetworkWeights after = network.weights();
        for (String name : set.names(group + "/after_train_fwd/")) {
          set.check(name, after.tensor(name.substring(name.lastIndexOf('/') + 1)));
        }
      }
    }

    private void gradients() {
      try (Trainer network = engine.trainer(weights)) {
        Map<String, float[]> gradients = engine.gradients(network, x, target, n, h, w);
        for (String name : set.names(group + "/grad/")) {
          JsonNode tolerance = set.entry(name).get("tolerance");
          double atol = tolerance.get("atol").asDouble();
          String tensor = name.substring(name.lastIndexOf('/') + 1);
          if (!isBiasBeforeNormalization(tensor)) { // relative to the tensor's largest value
            atol = 5e-4 * largest(set.array(name).values());
          }
          float[] actual = gradients.get(tensor);
          set.check(name, GoldenSet.Npy.widen(actual), atol, 0);
        }
      }
    }

    /** Its true gradient is zero; what the reference has there is rounding noise. */
    private boolean isBiasBeforeNormalization(String tensor) {
      return tensor.matches(
          "(encoder\\..*|decoder\\.db.*)\\.[03]\\.bias|decoder\\.up.*\\.1\\.bias");
    }

    /**
     * Trains ten steps on one batch; the tenth is chaotic, as the manifest's tolerances allow for.
     */
    private void adam() {
      Map<Integer, NetworkWeights> states = new HashMap<>();
      List<Loss> losses = new ArrayList<>();
      try (Trainer network = engine.trainer(weights)) {
        for (int step = 1; step <= 10; step++) {
          losses.add(network.step(x, target, n, h, w, LEARNING_RATE));
          states.put(step, network.weights());
        }
      }
      scalar("loss", losses.get(0).total());
      scalar("l2", losses.get(0).l2());
      scalar("ssim", losses.get(0).ssim());
      if (has("adam_losses")) {
        double[] totals = losses.stream().mapToDouble(Loss::total).toArray();
        set.check(group + "/adam_losses", totals, CHAOS, 0);
        double[] expected = set.array(group + "/adam_losses").values();
        assertThat(totals[0]).as("first loss").isCloseTo(expected[0], within(1e-5));
        assertThat(totals[1]).as("second loss").isCloseTo(expected[1], within(5e-5));
      }
      for (String name : set.names(group + "/adam")) {
        Matcher matcher = ADAM.matcher(name.substring(group.length() + 1));
        if (matcher.matches()) {
          set.check(name, states.get(Integer.parseInt(matcher.group(1))).tensor(matcher.group(2)));
        }
      }
    }
  }
}
