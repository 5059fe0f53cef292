package org.fairspark.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.network.onnx.OnnxRestorer;

/**
 * The comparison with Python programs that do the same, in turns (ours, theirs, ours, theirs), so
 * that a busy machine is busy for both. It prints the ratio of the medians and those of the turns.
 *
 * <p>{@code mvn -pl model test-compile exec:exec
 * -Dbenchmark.main=org.fairspark.benchmark.PeerComparison -Dbenchmark="PEERS IMAGES THREADS TURNS
 * [WHAT...]"}: the folder of the Python programs ({@code torch_unet.py}, {@code numpy_prepare.py},
 * {@code numpy_metrics.py}), a folder of PNG or JPEG images, threads of networks on both sides, how
 * many turns, and which comparisons: {@code torch128}, {@code torch256}, {@code prepare}, {@code
 * metrics}; all without. The peers' Python is {@code /usr/bin/python3}, or the environment's {@code
 * PYTHON}.
 */
public final class PeerComparison {
  private static final int FILES = 40;
  private static final int SIZE = 256;

  private final Path peers;
  private final Path images;
  private final int threads;
  private final int turns;

  private PeerComparison(Path peers, Path images, int threads, int turns) {
    this.peers = peers;
    this.images = images;
    this.threads = threads;
    this.turns = turns;
  }

  /** Runs the comparisons; see the class. */
  public static void main(String[] args) throws Exception {
    List<String> words = List.of(String.join(" ", args).trim().split(" +", -1));
    int threads = Integer.parseInt(words.get(2));
    PeerComparison comparison =
        new PeerComparison(
            Path.of(words.get(0)), Path.of(words.get(1)), threads, Integer.parseInt(words.get(3)));
    List<String> what =
        words.size() > 4
            ? words.subList(4, words.size())
            : List.of("torch128", "torch256", "prepare", "metrics");
    System.out.printf(
        "%d threads for networks, %d processors%n",
        threads, Runtime.getRuntime().availableProcessors());
    for (String one : what) {
      switch (one) {
        case "torch128" -> comparison.networks(128, 16, 8, 10);
        case "torch256" -> comparison.networks(256, 32, 2, 5);
        case "prepare" -> comparison.prepare();
        case "metrics" -> comparison.metrics();
        default -> throw new IllegalArgumentException("no such comparison: " + one);
      }
    }
  }

  private void networks(int size, int width, int n, int steps) throws Exception {
    UnetSpec shape = new UnetSpec(1, width, true);
    NetworkWeights state = NetworkWeights.initial(shape, 1);
    float[] input = repeated(Images.noise(1, size, 1).values(), n);
    float[] target = repeated(Images.noise(3, size, 2).values(), n);
    String label = "%d x %d, width %d, batch %d: ".formatted(size, size, width, n);
    Turns all = new Turns();
    try (Dl4jTrainer network = Dl4jTrainer.of(state, threads);
        OneDnnRestorer oneDnn = OneDnnRestorer.of(state, threads);
        OnnxRestorer onnx = OnnxRestorer.open(OnnxExport.bytes(state, Map.of()), threads)) {
      Turns.Call train = () -> network.step(input, target, n, size, size, 1e-4);
      Turns.Call restoreByOneDnn = () -> oneDnn.restore(input, n, size, size);
      Turns.Call restore = () -> onnx.restore(input, n, size, size);
      Turns.Call restoreByDl4j = () -> network.restore(input, n, size, size);
      for (Turns.Call call : List.of(train, restoreByOneDnn, restore, restoreByDl4j)) {
        call.run();
        call.run();
      }
      for (int turn = 0; turn < turns; turn++) {
        double trained = Turns.seconds(train) / n;
        double byOneDnn = Turns.seconds(restoreByOneDnn) / n;
        double restored = Turns.seconds(restore) / n;
        double byDl4j = Turns.seconds(restoreByDl4j) / n;
        String said =
            Turns.peer(peers.resolve("torch_unet.py"), threads, size, width, n, steps, threads);
        double torch = 1 / Turns.number(said, "inference ([0-9.]+) images/s");
        all.add(
            label + "training step", trained, 1 / Turns.number(said, "train ([0-9.]+) images/s"));
        all.add(label + "restore, oneDNN", byOneDnn, torch);
        all.add(label + "restore, ONNX Runtime", restored, torch);
        all.add(label + "restore, DL4J", byDl4j, torch);
      }
    }
    all.print();
  }

  private static float[] repeated(float[] values, int n) {
    float[] all = new float[n * values.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(values, 0, all, i * values.length, values.length);
    }
    return all;
  }

  /**
   * Compares decoding, resizing to 256 and filtering, per image, with file reading, on one core.
   */
  private void prepare() throws Exception {
    List<Path> files = Images.files(images).stream().limit(FILES).toList();
    ButterworthHighPass filter = new ButterworthHighPass(30, 2);
    PixelImage small = Images.read(files.get(0), SIZE);
    Turns.Call filtering = () -> filter.extract(small.toFloat());
    Turns.Call all =
        () -> {
          for (Path file : files) {
            FloatImage image = Images.read(file, SIZE).toFloat();
            if (filter.extract(image).width() != SIZE) {
              throw new IllegalStateException("not filtered: " + file);
            }
          }
        };
    Turns.seconds(filtering);
    all.run();
    Turns both = new Turns();
    for (int turn = 0; turn < turns; turn++) {
      double ours = Turns.seconds(all) / files.size();
      double filtered = Turns.seconds(filtering);
      String said = Turns.peer(peers.resolve("numpy_prepare.py"), threads, images, files.size());
      both.add(
          "decode, resize, filter of " + images.getFileName(),
          ours,
          1 / Turns.number(said, "images, ([0-9.]+) images/s"));
      both.add(
          "filter at 256 x 256", filtered, Turns.number(said, "'filter': '([0-9.]+) ms") / 1000);
    }
    both.print();
  }

  /** Compares pixel AUROC and AUPRO of a hundred maps of 256 x 256; ours have error bounds too. */
  private void metrics() throws Exception {
    MetricsBenchmark ours = new MetricsBenchmark();
    ours.size = SIZE;
    ours.maps();
    Turns.seconds(ours::hundredMaps);
    Turns both = new Turns();
    for (int turn = 0; turn < turns; turn++) {
      double seconds = Turns.seconds(ours::hundredMaps);
      String said = Turns.peer(peers.resolve("numpy_metrics.py"), threads, 100, SIZE);
      both.add(
          "pixel AUROC and AUPRO of 100 maps",
          seconds,
          Turns.number(said, "AUROC [0-9.]+ in ([0-9.]+) s")
              + Turns.number(said, "AUPRO [0-9.]+ in ([0-9.]+) s"));
    }
    both.print();
  }
}
