package org.fairspark.spark;

import java.util.List;
import org.apache.spark.SparkConf;
import org.fairspark.config.EngineSetting;
import org.fairspark.config.FairConfig;
import org.fairspark.config.TrainerSetting;
import org.fairspark.detect.Frame;
import org.fairspark.detect.Method;
import org.fairspark.detect.TrainingLoad;
import org.fairspark.image.ImageSize;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.TrainingEngine;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.text.HumanUnits;

/**
 * The memory that a job takes, told beforehand from its settings. One formula for what {@code
 * --dry-run} says, for the limits that executors get, and for what is refused.
 *
 * @param heapBytes Java heap of an executor
 * @param nativeBytes of an executor outside of its heap: networks, libraries, the JVM itself
 * @param driverHeapBytes Java heap of the driver
 */
public record MemoryPlan(long heapBytes, long nativeBytes, long driverHeapBytes) {
  /** Spark, its buffers, Parquet's row groups. */
  private static final long BASE_HEAP = 400L << 20;

  /** The JVM's own, Netty's buffers, and the native libraries. */
  private static final long BASE_NATIVE = 1L << 30;

  /** A factor for what allocators and fragmentation add. */
  private static final double SLACK = 1.2;

  /** Copies of the state that a training task has at a time: broadcast, loaded, result, written. */
  private static final int STATES_PER_TASK = 4;

  /** More of them where executors average: slices as they are sent and as they are added. */
  private static final int STATES_IN_SLICES = 2;

  /** The driver's copies then: kept, broadcast, and coming in as slices and as a whole. */
  private static final int STATES_ON_DRIVER = 4;

  /** Copies of an image, as float32 values, that detecting in it takes at a time. */
  private static final int VALUES_PER_PIXEL = 24;

  /** Features of one part's images, which are bounded, as computed and as compared. */
  private static final long FITTED_PART = 512L << 20;

  /** Textures of the corruptions, which the tasks of an executor share. */
  private static final long TEXTURES = 256L << 20;

  /** Bytes of pixels of a byte of JPEG, about. */
  private static final int DECODED_PER_BYTE = 12;

  /** Bytes of pixels that the decoder's limits allow. */
  private static final long MAX_DECODED = 300_000_000L;

  /** Bytes of a row group of Parquet that is being written. */
  private static final long ROW_GROUP = 16L << 20;

  /**
   * Bytes of a tiled image's pixel: of the file's pixels, of the same as numbers, of the map that
   * is put together and of the one that is finished.
   */
  private static final int TILED_BYTES = 3 + 12 + 4 + 4;

  /** Pixels of a tiled image as a plan takes them; larger ones need so much more memory. */
  private static final long TILED_PIXELS = 16L << 20;

  /** Rows that Parquet's reader holds at a time. */
  private static final int BATCH_ROWS = 64;

  /**
   * Returns the memory of training all the networks of the configured method, one after the other.
   *
   * @param engine that trains
   * @param workers of a round: where networks are small, all their results meet on the driver
   * @param together how many of them share an executor
   * @param tasks how many tasks share an executor where they do not train together
   */
  public static MemoryPlan ofTraining(
      FairConfig config, TrainingEngine engine, int workers, int together, int tasks) {
    Method method = config.detectionMethod();
    if (method.networks(config.detection()).isEmpty()) {
      return ofFitting(config, tasks);
    }
    ImageSize size = config.image().size();
    int n = config.training().batchSize();
    MemoryPlan heaps =
        method.networks(config.detection()).stream()
            .map(
                network ->
                    network
                        .architecture()
                        .map(spec -> ofWeights(spec, n, size, workers, together))
                        .orElseGet(() -> ofUnknown(together)))
            .reduce(new MemoryPlan(BASE_HEAP, 0, BASE_HEAP), MemoryPlan::or);
    // A worker that changes its threads has a network for either number.
    boolean adapts = config.training().adaptThreads() && config.training().threads().orElse(2) > 1;
    long networks =
        method
            .trainingMemory(
                config.detection(),
                new TrainingLoad(engine, n, size.height(), size.width(), together, tasks))
            .totalBytes();
    return new MemoryPlan(
        heaps.heapBytes, outside(adapts ? 2 * networks : networks), heaps.driverHeapBytes);
  }

  /** Returns the heaps that the weights of one network and the batches of its training take. */
  private static MemoryPlan ofWeights(
      NetworkSpec spec, int n, ImageSize size, int workers, int together) {
    long state = StateBytes.of(spec);
    boolean driverAverages = StateBytes.driverAverages(workers, state);
    int statesPerTask = driverAverages ? STATES_PER_TASK : STATES_PER_TASK + STATES_IN_SLICES;
    NetworkSpec.SampleForm form = spec.sample(size.height(), size.width());
    long batch = (long) Float.BYTES * n * (form.inputs() + (long) form.targets());
    return new MemoryPlan(
        BASE_HEAP + together * (statesPerTask * state + batch),
        0,
        BASE_HEAP + (driverAverages ? 2L * workers + 3 : STATES_ON_DRIVER) * state);
  }

  /** Returns the heaps of training a network whose size follows from a backbone's file. */
  private static MemoryPlan ofUnknown(int together) {
    return new MemoryPlan(BASE_HEAP + together * FITTED_PART, 0, BASE_HEAP + FITTED_PART);
  }

  /** Returns the memory of fitting something on a backbone's features. */
  private static MemoryPlan ofFitting(FairConfig config, int together) {
    ImageSize size = config.image().size();
    long features =
        config
            .detectionMethod()
            .memory(config.detection(), InferenceEngine.ONNX, size.height(), size.width())
            .totalBytes();
    return new MemoryPlan(
        BASE_HEAP + together * FITTED_PART, outside(together * features), BASE_HEAP + FITTED_PART);
  }

  /**
   * Returns the memory of detecting anomalies with all the networks of a method.
   *
   * @param method the configured one, or the one that it builds on where images are scored
   * @param together how many tasks share an executor
   */
  public static MemoryPlan ofDetecting(
      FairConfig config, Method method, InferenceEngine engine, int together) {
    ImageSize size = config.image().size();
    int n = config.evaluation().batchSize();
    long model =
        method.networks(config.detection()).stream()
            .flatMap(network -> network.architecture().stream())
            .mapToLong(spec -> (long) Float.BYTES * spec.stateLength())
            .sum();
    long tiled = config.image().frame().fit() == Frame.Fit.TILES ? ofTiledImage(TILED_PIXELS) : 0;
    long batch = tiled + (long) Float.BYTES * VALUES_PER_PIXEL * n * size.pixels();
    return new MemoryPlan(
        BASE_HEAP + 2 * model + together * batch,
        outside(
            together
                * method
                    .memory(config.detection(), engine, size.height(), size.width())
                    .totalBytes()),
        BASE_HEAP + 3 * model);
  }

  /**
   * Returns this plan with a large image in each task that is cut into tiles.
   *
   * @param conf of the Spark to be started
   */
  public MemoryPlan withTiledImages(SparkConf conf) {
    return withHeap(MemoryLimits.tasksTogether(conf) * ofTiledImage(TILED_PIXELS));
  }

  /** Returns this plan with more heap of an executor. */
  public MemoryPlan withHeap(long bytes) {
    return new MemoryPlan(heapBytes + bytes, nativeBytes, driverHeapBytes);
  }

  /** Returns the bytes that a task holds of an image in whose tiles it detects. */
  public static long ofTiledImage(long pixels) {
    return TILED_BYTES * pixels;
  }

  /**
   * Returns the memory of training, before there are executors and before it is known what they
   * compute on.
   *
   * @param conf of the Spark to be started
   */
  public static MemoryPlan ofTraining(FairConfig config, SparkConf conf) {
    return ofTraining(
        config,
        engine(config),
        config.training().workers().orElse(1),
        MemoryLimits.workersTogether(conf, config.training().workers()),
        MemoryLimits.tasksTogether(conf));
  }

  /** Returns the engine that trains on CPUs, as far as the settings say. */
  public static TrainingEngine engine(FairConfig config) {
    return config.training().engine() == TrainerSetting.PYTORCH
            || config.detectionMethod().trainsGraphs(config.detection())
        ? TrainingEngine.PYTORCH
        : TrainingEngine.DL4J;
  }

  /**
   * Returns the memory of detecting, before there are executors and before it is known which engine
   * loads: libraries are loaded after their limits are set.
   *
   * @param conf of the Spark to be started
   */
  public static MemoryPlan ofDetecting(
      FairConfig config, Method method, EngineSetting asked, SparkConf conf) {
    int together = MemoryLimits.tasksTogether(conf);
    return switch (asked) {
      case ONEDNN -> ofDetecting(config, method, InferenceEngine.ONEDNN, together);
      case ONNX -> ofDetecting(config, method, InferenceEngine.ONNX, together);
      case DL4J -> ofDetecting(config, method, InferenceEngine.DL4J, together);
      case AUTO ->
          ofDetecting(config, method, InferenceEngine.ONEDNN, together)
              .or(ofDetecting(config, method, InferenceEngine.ONNX, together));
    };
  }

  /**
   * Returns the memory of decoding image files and of making samples of them: of each task the
   * file, what it decodes to (about twelve times as much for a JPEG, at most the limit of the
   * decoder), two row groups and a batch of rows; textures once.
   *
   * @param fileBytes of the largest file
   * @param rowBytes of a sample
   * @param together how many tasks share an executor
   */
  public static MemoryPlan ofPreparing(long fileBytes, long rowBytes, int together) {
    long decoded = Math.min(DECODED_PER_BYTE * fileBytes, MAX_DECODED);
    long rows = 2 * ROW_GROUP + BATCH_ROWS * rowBytes;
    return new MemoryPlan(
        BASE_HEAP + TEXTURES + together * (fileBytes + decoded + rows), BASE_NATIVE, BASE_HEAP);
  }

  private static long outside(long networks) {
    // On GPUs networks are in the GPUs' memory.
    return BASE_NATIVE + (NativeBackend.hasCuda() ? 0 : (long) (SLACK * networks));
  }

  /** Returns what is enough for either. */
  public MemoryPlan or(MemoryPlan other) {
    return new MemoryPlan(
        Math.max(heapBytes, other.heapBytes),
        Math.max(nativeBytes, other.nativeBytes),
        Math.max(driverHeapBytes, other.driverHeapBytes));
  }

  /** Returns what is enough for one after the other in the same process: networks are kept. */
  public MemoryPlan and(MemoryPlan other) {
    MemoryPlan either = or(other);
    return new MemoryPlan(
        either.heapBytes, nativeBytes + other.nativeBytes - BASE_NATIVE, either.driverHeapBytes);
  }

  /** Returns the plan as human-readable lines. */
  public List<String> lines() {
    return List.of(
        "memory of an executor: %s of heap, and %s outside of it; of the driver: %s of heap"
            .formatted(
                HumanUnits.bytes(heapBytes),
                HumanUnits.bytes(nativeBytes),
                HumanUnits.bytes(driverHeapBytes)));
  }
}
