package org.fairspark.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fairspark.metrics.CategoryMetrics;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.MaskConvention;
import org.fairspark.random.SeededRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pixel AUROC and AUPRO of a hundred maps, two thirds of them with rectangular regions, scores
 * gamma-distributed: from maps to result, regions found and bins counted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MetricsBenchmark {
  private static final int IMAGES = 100;

  @Param({"256"})
  int size;

  private final List<float[]> maps = new ArrayList<>();
  private final List<byte[]> masks = new ArrayList<>();

  /** Makes the maps. */
  @Setup
  public void maps() {
    SeededRandom random = new SeededRandom(0);
    for (int k = 0; k < IMAGES; k++) {
      byte[] mask = new byte[size * size];
      for (int region = 0; region < k % 3; region++) {
        int top = random.nextInt(size - 20);
        int left = random.nextInt(size - 20);
        int bottom = top + 4 + random.nextInt(16);
        int right = left + 4 + random.nextInt(16);
        for (int r = top; r < bottom; r++) {
          for (int c = left; c < right; c++) {
            mask[r * size + c] = (byte) 255;
          }
        }
      }
      float[] map = new float[size * size];
      for (int p = 0; p < map.length; p++) {
        // Gamma with shape 2 is the sum of two exponentials.
        double gamma =
            -0.02 * StrictMath.log((1 - random.nextDouble()) * (1 - random.nextDouble()));
        map[p] = (float) (gamma + (mask[p] == 0 ? 0 : 0.03));
      }
      maps.add(map);
      masks.add(mask);
    }
  }

  @Benchmark
  public CategoryResult hundredMaps() {
    return counted().result();
  }

  @Benchmark
  public byte[] hundredMapsSerialized() {
    return counted().toBytes();
  }

  private CategoryMetrics counted() {
    CategoryMetrics metrics = new CategoryMetrics(MaskConvention.REFERENCE, 0.3);
    for (int k = 0; k < IMAGES; k++) {
      boolean anomalous = k % 3 > 0;
      if (anomalous) {
        metrics.addAnomalous("defect", k, maps.get(k), masks.get(k), size);
      } else {
        metrics.addNormal(maps.get(k), k, 0);
      }
    }
    return metrics;
  }
}
