package org.fairspark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
    return new EnginePool.Key("spy", model, false, 1, -1);
  }

  private static Lease<Spy> lease(String model) {
    return EnginePool.lease(key(model), Spy.class, Spy::new);
  }

  @Test
  void aRestorerServesOneTaskAfterAnother() {
    Lease<Spy> first = lease("a");
    Lease<Spy> beside = lease("a");
    assertThat(beside.engine()).as("meanwhile").isNotSameAs(first.engine());
    first.close();
    Lease<Spy> next = lease("a");
    assertThat(next.engine()).as("the next task's").isSameAs(first.engine());
    next.close();
    beside.close();
    assertThat(beside.engine().closed).as("one that waits").isFalse();
  }

  @Test
  void oneThatFailedIsClosedAndNotUsedAgain() {
    Lease<Spy> failed = lease("failing");
    failed.discard();
    assertThat(failed.engine().closed).isTrue();
    Lease<Spy> next = lease("failing");
    assertThat(next.engine()).isNotSameAs(failed.engine());
    next.discard();
  }

  @Test
  void ofOtherModelsOnlyTheNewestAreKept() {
    Spy[] spies = new Spy[EnginePool.MAX_OTHER_MODELS + 2];
    for (int i = 0; i < spies.length; i++) {
      Lease<Spy> lease = lease("model " + i);
      spies[i] = lease.engine();
      lease.close();
    }
    assertThat(spies[0].closed).as("the oldest").isTrue();
    for (int i = 1; i < spies.length; i++) {
      assertThat(spies[i].closed).as("number " + i).isFalse();
    }
    assertThat(EnginePool.idle("spy")).as("idle").isEqualTo(EnginePool.MAX_OTHER_MODELS + 1);
    lease("another").discard();
    assertThat(spies[1].closed).as("the oldest when another model's turn comes").isTrue();
  }

  @Test
  void tasksShareAnEngineThatTheLastOfThemGivesBack() {
    AtomicInteger made = new AtomicInteger();
    Supplier<Spy> make =
        () -> {
          made.incrementAndGet();
          return new Spy();
        };
    Lease<Spy> one = EnginePool.share(key("shared"), Spy.class, make);
    Lease<Spy> other = EnginePool.share(key("shared"), Spy.class, make);
    assertThat(other.engine()).as("beside").isSameAs(one.engine());
    one.close();
    assertThat(one.engine().closed).as("while another has it").isFalse();
    other.close();
    Lease<Spy> next = EnginePool.share(key("shared"), Spy.class, make);
    assertThat(next.engine()).as("the next task's").isSameAs(one.engine());
    assertThat(made).as("engines made").hasValue(1);
    next.discard();
  }

  @Test
  void aSharedEngineThatFailedIsLentNoMoreAndClosedByTheLast() {
    Lease<Spy> one = EnginePool.share(key("shared, failing"), Spy.class, Spy::new);
    Lease<Spy> other = EnginePool.share(key("shared, failing"), Spy.class, Spy::new);
    one.discard();
    Lease<Spy> next = EnginePool.share(key("shared, failing"), Spy.class, Spy::new);
    assertThat(next.engine()).as("the next task's").isNotSameAs(one.engine());
    assertThat(one.engine().closed).as("while another has it").isFalse();
    other.close();
    assertThat(one.engine().closed).as("when all are done").isTrue();
    next.discard();
    assertThat(next.engine().closed).isTrue();
  }

  @Test
  void aSharedEngineThatCannotBeMadeIsMadeForTheNextTask() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                EnginePool.share(
                    key("unmade"),
                    Spy.class,
                    () -> {
                      throw new IllegalStateException("no device");
                    }))
        .withMessage("no device");
    Lease<Spy> next = EnginePool.share(key("unmade"), Spy.class, Spy::new);
    assertThat(next.engine().closed).isFalse();
    next.discard();
  }

  @Test
  void trainersAndModelsDoNotPushOneAnotherOut() {
    EnginePool.Key network = new EnginePool.Key("trainer spy", "a network", true, 1, -1);
    Lease<Spy> trainer = EnginePool.lease(network, Spy.class, Spy::new);
    trainer.close();
    for (int i = 0; i <= EnginePool.MAX_OTHER_MODELS; i++) {
      lease("beside " + i).close();
    }
    assertThat(trainer.engine().closed).isFalse();
    Lease<Spy> next = EnginePool.lease(network, Spy.class, Spy::new);
    assertThat(next.engine()).isSameAs(trainer.engine());
    next.discard();
  }
}
