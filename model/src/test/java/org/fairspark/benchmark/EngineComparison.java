package org.fairspark.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.pytorch.PytorchTrainer;

/**
 * The engines that train, step by step in turns, by the processor's and by the clock's time. Runs
 * in seconds, so that a busy machine is busy for both; prints medians.
 *
 * <p>{@code mvn -pl model test-compile exec:exec
 * -Dbenchmark.main=org.fairspark.benchmark.EngineComparison -Dbenchmark="WIDTH SIZE BATCH THREADS
 * STEPS"}.
 */
public final class EngineComparison {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private EngineComparison() {}

  /** Runs the comparison; see the class. */
  public static void main(String[] args) {
    String[] words = String.join(" ", args).trim().split(" +", -1);
    int width = Integer.parseInt(words[0]);
    int size = Integer.parseInt(words[1]);
    int n = Integer.parseInt(words[2]);
    int threads = Integer.parseInt(words[3]);
    int steps = Integer.parseInt(words[4]);
    NetworkWeights start = NetworkWeights.initial(new UnetSpec(1, width, true), 1);
    float[] input = Images.noise(n, size, 1).values();
    float[] target = Images.noise(3 * n, size, 2).values();
    Map<String, List<Double>> times = new TreeMap<>();
    try (Trainer dl4j = Dl4jTrainer.of(start, threads);
        Trainer pytorch = PytorchTrainer.of(start, threads, OptionalInt.empty())) {
      for (int step = -3; step < steps; step++) {
        for (Trainer trainer : List.of(dl4j, pytorch)) {
          String name = trainer == dl4j ? "DL4J" : "PyTorch";
          long processor = PROCESS.getProcessCpuTime();
          long clock = System.nanoTime();
          trainer.step(input, target, n, size, size, 1e-4);
          if (step >= 0) { // the first ones warm up
            add(times, name + ", clock", System.nanoTime() - clock);
            add(times, name + ", processor", PROCESS.getProcessCpuTime() - processor);
          }
        }
      }
    }
    times.forEach(
        (what, values) ->
            System.out.printf(
                Locale.ROOT,
                "width %d size %d batch %d threads %d: %-20s %8.1f ms a step, fastest %.1f%n",
                width,
                size,
                n,
                threads,
                what,
                values.stream().sorted().toList().get(values.size() / 2),
                values.stream().min(Double::compare).orElseThrow()));
  }

  private static void add(Map<String, List<Double>> times, String what, long nanos) {
    times.computeIfAbsent(what, w -> new ArrayList<>()).add(nanos / 1e6);
  }
}
