package org.fairspark.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.image.DecodeLimits;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageDecoder;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.UndecodableImageException;
import org.fairspark.network.NativeBackend;
import org.fairspark.network.NetworkShape;
import org.fairspark.network.NetworkState;
import org.fairspark.network.OnnxExport;
import org.fairspark.network.OnnxRestorer;
import org.fairspark.network.RestorationNetwork;

/**
 * Ours beside Python programs that do the same, in turns, so that a busy machine is busy for both:
 * ours, theirs, ours, theirs; then the ratio of the medians, and the ratios of the turns.
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
  private static final double TURN_SECONDS = 4;
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

  /** See the class. */
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

  /** Something of ours that is done over and over. */
  private interface Work {
    void run() throws Exception;
  }

  /**
   * Mean seconds of a call within a turn, as the peers tell them: a median would leave out the time
   * in which a busy machine does something else.
   */
  private static double seconds(Work work) throws Exception {
    int calls = 0;
    long began = System.nanoTime();
    while (calls < 3 || System.nanoTime() - began < TURN_SECONDS * 1e9) {
      work.run();
      calls++;
    }
    return (System.nanoTime() - began) / 1e9 / calls;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private String peer(String program, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getenv().getOrDefault("PYTHON", "/usr/bin/python3"));
    command.add(peers.resolve(program).toString());
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + said);
    }
    return said;
  }

  private static double number(String text, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in:\n" + text);
    }
    return Double.parseDouble(matcher.group(1));
  }

  /** Times of ours and theirs, turn by turn. */
  private static final class Turns {
    private final Map<String, List<Double>> ours = new LinkedHashMap<>();
    private final Map<String, List<Double>> theirs = new LinkedHashMap<>();

    void add(String what, double our, double their) {
      ours.computeIfAbsent(what, w -> new ArrayList<>()).add(our);
      theirs.computeIfAbsent(what, w -> new ArrayList<>()).add(their);
    }

    void print() {
      ours.forEach(
          (what, our) -> {
            List<Double> their = theirs.get(what);
            List<String> each = new ArrayList<>();
            for (int i = 0; i < our.size(); i++) {
              each.add(text("%.2f", their.get(i) / our.get(i)));
            }
            System.out.println(
                text(
                    "%-44s ours %9.3f ms  peer %9.3f ms  as fast %5.2f times  (turns %s)",
                    what,
                    1000 * median(our),
                    1000 * median(their),
                    median(their) / median(our),
                    String.join(" ", each)));
          });
    }

    private static String text(String format, Object... values) {
      return String.format(Locale.ROOT, format, values);
    }
  }

  private void networks(int size, int width, int n, int steps) throws Exception {
    NativeBackend.setThreads(threads);
    NetworkShape shape = new NetworkShape(1, width, true);
    NetworkState state = NetworkState.initial(shape, 1);
    float[] input = repeated(Images.noise(1, size, 1).values(), n);
    float[] target = repeated(Images.noise(3, size, 2).values(), n);
    String label = "%d x %d, width %d, batch %d: ".formatted(size, size, width, n);
    Turns all = new Turns();
    try (RestorationNetwork network = RestorationNetwork.of(state);
        OnnxRestorer onnx = OnnxRestorer.open(OnnxExport.bytes(state, Map.of()), threads)) {
      Work train = () -> network.trainStep(input, target, n, size, size, 1e-4);
      Work restore = () -> onnx.restore(input, n, size, size);
      Work restoreByDl4j = () -> network.restore(input, n, size, size);
      for (Work work : List.of(train, restore, restoreByDl4j)) {
        work.run();
        work.run();
      }
      for (int turn = 0; turn < turns; turn++) {
        double trained = seconds(train) / n;
        double restored = seconds(restore) / n;
        double byDl4j = seconds(restoreByDl4j) / n;
        String said = peer("torch_unet.py", size, width, n, steps, threads);
        double torch = 1 / number(said, "inference ([0-9.]+) images/s");
        all.add(label + "training step", trained, 1 / number(said, "train ([0-9.]+) images/s"));
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

  /** Decode, resize to 256 and filter, an image, file reading included, on one core. */
  private void prepare() throws Exception {
    List<Path> files;
    try (var found = Files.walk(images)) {
      files =
          found
              .filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)"))
              .sorted()
              .limit(FILES)
              .toList();
    }
    ButterworthHighPass filter = new ButterworthHighPass(30, 2);
    PixelImage small = Resize.bilinear(decode(files.get(0)), SIZE, SIZE);
    Work filtering = () -> filter.extract(small.toFloat());
    Work all =
        () -> {
          for (Path file : files) {
            FloatImage image = Resize.bilinear(decode(file), SIZE, SIZE).toFloat();
            if (filter.extract(image).width() != SIZE) {
              throw new IllegalStateException("not filtered: " + file);
            }
          }
        };
    seconds(filtering);
    all.run();
    Turns both = new Turns();
    for (int turn = 0; turn < turns; turn++) {
      double ours = seconds(all) / files.size();
      double filtered = seconds(filtering);
      String said = peer("numpy_prepare.py", images, files.size());
      both.add(
          "decode, resize, filter of " + images.getFileName(),
          ours,
          1 / number(said, "images, ([0-9.]+) images/s"));
      both.add("filter at 256 x 256", filtered, number(said, "'filter': '([0-9.]+) ms") / 1000);
    }
    both.print();
  }

  private static PixelImage decode(Path file) throws IOException, UndecodableImageException {
    return ImageDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT);
  }

  /** Pixel AUROC and AUPRO of a hundred maps of 256 x 256; ours has error bounds too. */
  private void metrics() throws Exception {
    MetricsBenchmark ours = new MetricsBenchmark();
    ours.size = SIZE;
    ours.maps();
    seconds(ours::hundredMaps);
    Turns both = new Turns();
    for (int turn = 0; turn < turns; turn++) {
      double seconds = seconds(ours::hundredMaps);
      String said = peer("numpy_metrics.py", 100, SIZE);
      both.add(
          "pixel AUROC and AUPRO of 100 maps",
          seconds,
          number(said, "AUROC [0-9.]+ in ([0-9.]+) s")
              + number(said, "AUPRO [0-9.]+ in ([0-9.]+) s"));
    }
    both.print();
  }
}
