package org.fairspark.inference;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.spark.device.TaskDevice;

/**
 * The networks of this JVM, kept between rounds: building one costs more than a round's steps. A
 * task has one to itself while it runs; one that fails in the middle is closed and not used again.
 */
public final class ExecutorNetworks {
  private static final Map<Place, Queue<Dl4jTrainer>> IDLE = new ConcurrentHashMap<>();

  /** A network stays on the device where it was made. */
  private record Place(NetworkSpec shape, int device) {}

  private ExecutorNetworks() {}

  /**
   * Runs with a network of this shape, whose state may be anything, on the GPU that the task was
   * given or on so many native threads.
   *
   * @param threads native threads for this task, at least 1
   */
  public static <T> T with(NetworkSpec shape, int threads, Function<Dl4jTrainer, T> work) {
    Dl4jTrainer network = take(shape, threads);
    T result;
    try {
      result = work.apply(network);
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
    give(network);
    return result;
  }

  /**
   * The same for a task that keeps it for longer than a call: it must {@link #give} it back, or
   * close it if it failed in the middle.
   */
  public static Dl4jTrainer take(NetworkSpec shape, int threads) {
    int device = TaskDevice.pin();
    NativeBackend.setThreads(threads);
    Dl4jTrainer network = idle(shape, device).poll();
    return network == null ? Dl4jTrainer.create(shape, 0) : network;
  }

  /** Gives back a network that {@link #take} gave to this task. */
  public static void give(Dl4jTrainer network) {
    idle(network.spec(), TaskDevice.pin()).add(network);
  }

  private static Queue<Dl4jTrainer> idle(NetworkSpec shape, int device) {
    return IDLE.computeIfAbsent(new Place(shape, device), s -> new ConcurrentLinkedQueue<>());
  }
}
