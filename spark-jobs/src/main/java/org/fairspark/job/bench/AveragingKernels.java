package org.fairspark.job.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.network.NetworkWeights;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.WorkerResult;

/** Measurements of what a round of training costs beside its steps. */
final class AveragingKernels {
  static final String ROUND = "averaging round without steps";
  static final String MEAN = "averaging, per worker, on the driver";

  private AveragingKernels() {}

  /**
   * Measures the seconds of a whole round of workers that do nothing (parameters out, results back,
   * their mean), and of the driver's part in it for one worker.
   */
  static Map<String, Timing> measure(JavaSparkContext spark, BenchPlan plan, int workers)
      throws Exception {
    NetworkWeights state = NetworkWeights.initial(plan.shape(), 1);
    Stopwatch watch = plan.stopwatch();
    Timing round = watch.measure(turn -> round(spark, state, workers));
    byte[] result = serialized(new WorkerResult(state, 1, 0, 0, 0, -1));
    WorkerResult other = new WorkerResult(state, 1, 0, 0, 0, -1);
    Timing mean =
        watch
            .measure(turn -> ParameterAverage.of(List.of(deserialized(result), other)))
            .dividedBy(2);
    return Map.of(ROUND, round, MEAN, mean);
  }

  private static NetworkWeights round(JavaSparkContext spark, NetworkWeights state, int workers) {
    Broadcast<NetworkWeights> start = spark.broadcast(state);
    try {
      List<WorkerResult> results =
          spark
              .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
              .map(worker -> new WorkerResult(start.value(), 1, 0, 0, 0, -1))
              .collect();
      return ParameterAverage.of(results);
    } finally {
      start.destroy();
    }
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static WorkerResult deserialized(byte[] bytes)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (WorkerResult) in.readObject();
    }
  }
}
