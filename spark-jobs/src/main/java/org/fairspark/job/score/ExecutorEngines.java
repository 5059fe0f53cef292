package org.fairspark.job.score;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.fairspark.config.ScoreConfig.Engine;
import org.fairspark.job.training.ExecutorNetworks;
import org.fairspark.network.NativeBackend;
import org.fairspark.network.NetworkState;
import org.fairspark.network.OnnxExport;
import org.fairspark.network.OnnxRestorer;
import org.fairspark.network.Restorer;

/**
 * What restores images in this JVM: ONNX Runtime where it can, which is faster on a CPU, else the
 * network that trained. A few sessions are kept, for batches go from category to category.
 */
final class ExecutorEngines {
  private static final int KEPT = 3;
  private static final Map<String, Session> SESSIONS = new HashMap<>();

  private ExecutorEngines() {}

  private static final class Session {
    private final OnnxRestorer restorer;
    private int users;

    Session(OnnxRestorer restorer) {
      this.restorer = restorer;
    }
  }

  /** Which engine is used: {@code AUTO} is decided by what this JVM can do. */
  static Engine chosen(Engine wanted) {
    if (wanted != Engine.AUTO) {
      return wanted;
    }
    return !NativeBackend.hasCuda() && Onnx.AVAILABLE ? Engine.ONNX : Engine.DL4J;
  }

  /** Looks once whether ONNX Runtime's natives load here. */
  private static final class Onnx {
    static final boolean AVAILABLE = available();

    private static boolean available() {
      try {
        return ai.onnxruntime.OrtEnvironment.getEnvironment() != null;
      } catch (LinkageError | RuntimeException e) {
        return false;
      }
    }
  }

  /**
   * Runs with a restorer of this model.
   *
   * @param id of the model
   * @param threads native threads for this task
   */
  static <T> T with(
      Engine wanted,
      String id,
      Broadcast<NetworkState> weights,
      int threads,
      Function<Restorer, T> work) {
    if (chosen(wanted) == Engine.DL4J) {
      return ExecutorNetworks.with(
          weights.value().shape(),
          threads,
          network -> {
            network.load(weights.value());
            return work.apply(network);
          });
    }
    Session session = acquire(id, weights, threads);
    try {
      return work.apply(session.restorer);
    } finally {
      release(session);
    }
  }

  private static synchronized Session acquire(
      String id, Broadcast<NetworkState> weights, int threads) {
    Session session = SESSIONS.get(id + "/" + threads);
    if (session == null) {
      if (SESSIONS.size() >= KEPT) {
        SESSIONS.values().removeIf(ExecutorEngines::closed);
      }
      byte[] file = OnnxExport.bytes(weights.value(), Map.of());
      session = new Session(OnnxRestorer.open(file, threads));
      SESSIONS.put(id + "/" + threads, session);
    }
    session.users++;
    return session;
  }

  private static synchronized void release(Session session) {
    session.users--;
  }

  private static boolean closed(Session session) {
    if (session.users > 0) {
      return false;
    }
    session.restorer.close();
    return true;
  }
}
