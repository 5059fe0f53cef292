package org.fairspark.job.training;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.fairspark.job.device.TaskDevice;
import org.fairspark.network.NativeBackend;
import org.fairspark.network.NetworkShape;
import org.fairspark.network.RestorationNetwork;

/**
 * The networks of this JVM, kept between rounds: building one costs more than a round's steps. A
 * task has one to itself while it runs; one that fails in the middle is closed and not used again.
 */
public final class ExecutorNetworks {
  private static final Map<Place, Queue<RestorationNetwork>> IDLE = new ConcurrentHashMap<>();

  /** A network stays on the device where it was made. */
  private record Place(NetworkShape shape, int device) {}

  private ExecutorNetworks() {}

  /**
   * Runs with a network of this shape, whose state may be anything, on the GPU that the task was
   * given or on so many native threads.
   *
   * @param threads native threads for this task, at least 1
   */
  public static <T> T with(NetworkShape shape, int threads, Function<RestorationNetwork, T> work) {
    int device = TaskDevice.pin();
    NativeBackend.setThreads(threads);
    Queue<RestorationNetwork> idle =
        IDLE.computeIfAbsent(new Place(shape, device), s -> new ConcurrentLinkedQueue<>());
    RestorationNetwork network = idle.poll();
    if (network == null) {
      network = RestorationNetwork.create(shape, 0);
    }
    T result;
    try {
      result = work.apply(network);
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
    idle.add(network);
    return result;
  }
}
