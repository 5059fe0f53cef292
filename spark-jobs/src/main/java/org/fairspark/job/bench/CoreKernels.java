package org.fairspark.job.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairspark.config.FilterConfig;
import org.fairspark.corruption.CorruptionKind;
import org.fairspark.corruption.Corruptor;
import org.fairspark.corruption.TextureSource;
import org.fairspark.detect.Frame;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageCells;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.UndecodableImageException;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.MaskConvention;
import org.fairspark.random.SeededRandom;

/** The measured work on an image on one core: decode, resize, filter, corrupt, compare, count. */
final class CoreKernels {
  static final String DECODE_PNG = "decode PNG";
  static final String DECODE_JPEG = "decode JPEG";
  static final String RESIZE = "resize";
  static final String FILTER = "filter ";
  static final String CORRUPT = "corrupt: ";
  static final String SAMPLE = "training sample";
  static final String ANOMALY = "anomaly function";
  static final String METRICS = "metrics";

  /** Samples of every kind that are made in turn. */
  private static final int SEEDS = 8;

  private static final int MAX_SEEDS = 400;
  private static final double FPR_LIMIT = 0.3;

  private final BenchPlan plan;
  private final Stopwatch watch;
  private final Map<String, Timing> measured = new LinkedHashMap<>();

  private CoreKernels(BenchPlan plan) {
    this.plan = plan;
    this.watch = plan.stopwatch();
  }

  /**
   * Measures all kernels, one after the other.
   *
   * @param files the same picture as PNG and as JPEG
   * @return seconds per image by stage, in the order in which an image passes them
   */
  static Map<String, Timing> measure(BenchPlan plan, SourceFiles files) throws Exception {
    CoreKernels kernels = new CoreKernels(plan);
    PixelImage clean = kernels.decoding(files);
    kernels.filters(clean.toFloat());
    kernels.corruptions(clean);
    kernels.comparing(clean.toFloat());
    return kernels.measured;
  }

  private void measure(String stage, Stopwatch.Kernel work) throws Exception {
    measured.put(stage, watch.measure(work));
  }

  private PixelImage decoding(SourceFiles files) throws Exception {
    Frame frame = plan.frame();
    measure(DECODE_PNG, i -> decode(files.png(), frame));
    measure(DECODE_JPEG, i -> decode(files.jpeg(), frame));
    ImageCells large = decode(files.png(), frame);
    measure(RESIZE, i -> frame.keep(large));
    return frame.keep(large);
  }

  /** Decodes as {@code prepare} and {@code score} do. */
  private static ImageCells decode(byte[] file, Frame frame) throws UndecodableImageException {
    return ImageDecoder.read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE, frame::needed).cells();
  }

  private void filters(FloatImage image) throws Exception {
    FilterConfig given = plan.filter();
    for (FilterConfig.Kind kind : FilterConfig.Kind.values()) {
      HighFrequencyExtractor extractor =
          new FilterConfig(
                  kind,
                  given.cutoff(),
                  given.cutoffUnit(),
                  given.order(),
                  given.axes(),
                  given.kernel())
              .extractor(plan.size());
      measure(FILTER + word(kind), i -> extractor.extract(image));
    }
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void corruptions(PixelImage clean) throws Exception {
    Corruptor corruptor = new Corruptor(plan.recipe(), plan.cutpaste());
    TextureSource textures = TextureSource.internal(List.of(clean));
    Map<CorruptionKind, List<Long>> seeds = new EnumMap<>(CorruptionKind.class);
    List<Long> all = new ArrayList<>();
    for (long seed = 0; seed < MAX_SEEDS; seed++) {
      List<Long> same =
          seeds.computeIfAbsent(
              corruptor.corrupt(clean, textures, seed).kind(), k -> new ArrayList<>());
      if (same.size() < SEEDS) {
        same.add(seed);
      }
      all.add(seed);
      if (all.size() >= 4 * SEEDS && seeds.values().stream().allMatch(s -> s.size() == SEEDS)) {
        break;
      }
    }
    for (var kind : seeds.entrySet()) {
      List<Long> own = kind.getValue();
      measure(
          CORRUPT + word(kind.getKey()),
          i -> corruptor.corrupt(clean, textures, own.get(i % own.size())));
    }
    HighFrequencyExtractor extractor = plan.filter().extractor(plan.size());
    // The mean over samples as they come, not the median: kinds cost differently.
    measured.put(
        SAMPLE,
        watch
            .measure(
                i -> {
                  Object last = null;
                  for (int k = 0; k < SEEDS; k++) {
                    long seed = all.get((i * SEEDS + k) % all.size());
                    last = extractor.extract(corruptor.corrupt(clean, textures, seed).corrupted());
                  }
                  return last;
                })
            .dividedBy(SEEDS));
  }

  private void comparing(FloatImage image) throws Exception {
    SeededRandom random = new SeededRandom(1);
    float[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.05 * random.nextGaussian());
    }
    FloatImage restored = new FloatImage(3, plan.size().height(), plan.size().width(), values);
    measure(ANOMALY, i -> plan.function().map(image, restored));
    float[] map = plan.function().map(image, restored).values();
    byte[] mask = new byte[map.length];
    int width = plan.size().width();
    for (int row = plan.size().height() / 4; row < plan.size().height() / 2; row++) {
      Arrays.fill(mask, row * width + width / 4, row * width + width / 2, (byte) 255);
    }
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.REFERENCE, FPR_LIMIT);
    measure(
        METRICS,
        i -> {
          boolean anomalous = i % 2 == 1;
          if (anomalous) {
            metrics.addAnomalous("defect", i, map, mask, width);
          } else {
            metrics.addNormal(map, i, 0);
          }
          return metrics;
        });
  }
}
