package org.fairspark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.fairspark.network.InferenceEngine;
import org.fairspark.network.Restorer;
import org.junit.jupiter.api.Test;

class EnginePoolTest {
  /** One that says whether it is closed. */
  private static final class Spy implements Restorer {
    private boolean closed;

    @Override
    public float[] restore(float[] input, int n, int height, int width) {
      return input;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static EnginePool.Key key(String model) {
    return new EnginePool.Key(InferenceEngine.ONNX, model, 1, OptionalInt.empty());
  }

  private static Lease lease(String model) {
    return EnginePool.lease(key(model), Spy::new);
  }

  @Test
  void aRestorerServesOneTaskAfterAnother() {
    Lease first = lease("a");
    Lease beside = lease("a");
    assertThat(beside.restorer()).as("meanwhile").isNotSameAs(first.restorer());
    first.close();
    Lease next = lease("a");
    assertThat(next.restorer()).as("the next task's").isSameAs(first.restorer());
    next.close();
    beside.close();
    assertThat(((Spy) beside.restorer()).closed).as("one that waits").isFalse();
  }

  @Test
  void oneThatFailedIsClosedAndNotUsedAgain() {
    Lease failed = lease("failing");
    failed.discard();
    assertThat(((Spy) failed.restorer()).closed).isTrue();
    Lease next = lease("failing");
    assertThat(next.restorer()).isNotSameAs(failed.restorer());
    next.discard();
  }

  @Test
  void ofOtherModelsOnlyTheNewestAreKept() {
    Spy[] spies = new Spy[EnginePool.OTHERS + 2];
    for (int i = 0; i < spies.length; i++) {
      Lease lease = lease("model " + i);
      spies[i] = (Spy) lease.restorer();
      lease.close();
    }
    assertThat(spies[0].closed).as("the oldest").isTrue();
    for (int i = 1; i < spies.length; i++) {
      assertThat(spies[i].closed).as("number " + i).isFalse();
    }
    assertThat(EnginePool.idle()).as("idle").isEqualTo(EnginePool.OTHERS + 1);
    lease("another").discard();
    assertThat(spies[1].closed).as("the oldest when another model's turn comes").isTrue();
  }
}
