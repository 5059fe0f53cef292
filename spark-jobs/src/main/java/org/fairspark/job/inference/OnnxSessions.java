package org.fairspark.job.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.fairspark.network.OnnxRestorer;

/**
 * The ONNX Runtime sessions of this JVM that no task uses now. They hold native memory, so only
 * those of the model that was asked for last are kept.
 */
final class OnnxSessions {
  private static final Map<Key, Deque<OnnxRestorer>> IDLE = new HashMap<>();
  private static String current = "";

  private OnnxSessions() {}

  /**
   * Sessions that can stand for each other.
   *
   * @param model SHA-256 of the model's weights
   */
  record Key(String model, int threads, OptionalInt gpu) {}

  static OnnxRestorer take(Key key, Supplier<byte[]> file) {
    synchronized (OnnxSessions.class) {
      if (!key.model().equals(current)) {
        closeIdle();
        current = key.model();
      }
      Deque<OnnxRestorer> idle = IDLE.get(key);
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    return OnnxRestorer.open(file.get(), key.threads(), key.gpu());
  }

  static synchronized void give(Key key, OnnxRestorer restorer) {
    if (key.model().equals(current)) {
      IDLE.computeIfAbsent(key, k -> new ArrayDeque<>()).push(restorer);
    } else {
      restorer.close();
    }
  }

  /** How many are idle, for tests. */
  static synchronized int idle() {
    return IDLE.values().stream().mapToInt(Deque::size).sum();
  }

  private static void closeIdle() {
    Iterator<Deque<OnnxRestorer>> all = IDLE.values().iterator();
    while (all.hasNext()) {
      all.next().forEach(OnnxRestorer::close);
      all.remove();
    }
  }
}
