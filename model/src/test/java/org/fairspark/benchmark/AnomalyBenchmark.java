package org.fairspark.benchmark;

import java.util.concurrent.TimeUnit;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.color.ColorOrder;
import org.fairspark.image.FloatImage;
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

/** The anomaly function and its parts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AnomalyBenchmark {
  @Param({"128", "256"})
  int size;

  private final AnomalyFunction paper = AnomalyFunction.paper();
  private final AnomalyFunction gradient = new AnomalyFunction(true, 0, ColorOrder.RGB, 2, 1);
  private final AnomalyFunction color = new AnomalyFunction(false, 3e-4, ColorOrder.RGB, 2, 1);
  private FloatImage original;
  private FloatImage restored;

  /** Makes the images. */
  @Setup
  public void images() {
    original = Images.noise(3, size, 1);
    restored = Images.nearly(original, 2);
  }

  @Benchmark
  public FloatImage whole() {
    return paper.map(original, restored);
  }

  @Benchmark
  public FloatImage gradientUnsmoothed() {
    return gradient.map(original, restored);
  }

  @Benchmark
  public FloatImage colorUnsmoothed() {
    return color.map(original, restored);
  }
}
