package org.fairspark.benchmark;

import java.util.concurrent.TimeUnit;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.frequency.FrequencySimilarity;
import org.fairspark.frequency.GaussianHighPass;
import org.fairspark.frequency.Sobel;
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

/** High-frequency extractors: forward transform, mask, inverse; and the spectra's comparison. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {
  @Param({"128", "256", "300"})
  int size;

  private final ButterworthHighPass butterworth = new ButterworthHighPass(30, 2);
  private final GaussianHighPass gaussian = new GaussianHighPass(30);
  private final Sobel sobel = new Sobel(Sobel.Axes.XY, 3);
  private final FrequencySimilarity similarity = new FrequencySimilarity();
  private FloatImage gray;
  private FloatImage color;
  private FloatImage other;

  /** Makes the images. */
  @Setup
  public void images() {
    gray = Images.noise(1, size, 1);
    color = Images.noise(3, size, 2);
    other = Images.noise(3, size, 3);
  }

  @Benchmark
  public FloatImage butterworthFromGray() {
    return butterworth.extractFromGray(gray);
  }

  @Benchmark
  public FloatImage butterworthFromColor() {
    return butterworth.extract(color);
  }

  @Benchmark
  public FloatImage gaussianFromColor() {
    return gaussian.extract(color);
  }

  @Benchmark
  public FloatImage sobelFromColor() {
    return sobel.extract(color);
  }

  @Benchmark
  public FrequencySimilarity compareSpectra() {
    similarity.add(FrequencySimilarity.cosines(color, other));
    return similarity;
  }
}
