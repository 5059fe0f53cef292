package org.fairspark.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProcessCacheTest {
  private record Key(String name) {}

  /** A value that says whether it is closed. */
  private static final class Spy implements AutoCloseable {
    private final int weight;
    private int closed;

    Spy(int weight) {
      this.weight = weight;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static Spy get(ProcessCache<Key, Spy> cache, String name, int weight) {
    return cache.get(new Key(name), key -> new Spy(weight));
  }

  @Test
  void equalKeysShareOneValue() {
    ProcessCache<Key, Spy> cache = ProcessCache.ofAll();
    Spy a = get(cache, "a", 1);
    get(cache, "b", 1);
    assertThat(get(cache, "a", 1)).isSameAs(a);
    assertThat(cache.count(key -> true)).isEqualTo(2);
  }

  @Test
  void theLeastRecentlyUsedIsPushedOutAndClosed() {
    ProcessCache<Key, Spy> cache = ProcessCache.ofCount(2);
    Spy a = get(cache, "a", 1);
    Spy b = get(cache, "b", 1);
    get(cache, "c", 1);
    get(cache, "a", 1);
    get(cache, "d", 1);
    assertThat(a.closed).as("used again").isZero();
    assertThat(b.closed).as("used longest ago").isEqualTo(1);
    assertThat(cache.count(key -> true)).as("the newest and two others").isEqualTo(3);
  }

  @Test
  void weightIsTheLimitWhereOneIsGiven() {
    ProcessCache<Key, Spy> cache = ProcessCache.ofWeight(10, value -> value.weight);
    Spy heavy = get(cache, "heavy", 11);
    assertThat(heavy.closed).as("in use, whatever its weight").isZero();
    Spy light = get(cache, "light", 6);
    assertThat(heavy.closed).isEqualTo(1);
    Spy next = get(cache, "next", 4);
    get(cache, "newest", 1);
    assertThat(light.closed + next.closed).as("just within the limit").isZero();
  }

  @Test
  void aValueThatIsTakenIsItsUsersAlone() {
    ProcessCache<Key, Spy> cache = ProcessCache.ofCount(1);
    Key key = new Key("a");
    assertThat(cache.take(key)).isEmpty();
    Spy first = new Spy(1);
    Spy second = new Spy(1);
    cache.give(key, first);
    cache.give(key, second);
    assertThat(cache.take(key)).containsSame(second);
    assertThat(cache.take(key)).containsSame(first);
    assertThat(cache.take(key)).isEmpty();
    cache.give(key, first);
    cache.give(key, second);
    assertThat(first.closed).as("values of one key do not count against each other").isZero();
    cache.give(new Key("b"), new Spy(1));
    assertThat(first.closed).as("the older of another key").isEqualTo(1);
    assertThat(second.closed).isZero();
  }

  @Test
  void groupsDoNotPushOneAnotherOut() {
    ProcessCache<Key, Spy> cache = ProcessCache.ofGroups(key -> key.name().charAt(0), key -> 1);
    Spy trainer = new Spy(1);
    cache.give(new Key("t"), trainer);
    Spy eldest = new Spy(1);
    cache.give(new Key("m1"), eldest);
    cache.give(new Key("m2"), new Spy(1));
    cache.give(new Key("m3"), new Spy(1));
    assertThat(trainer.closed).isZero();
    assertThat(eldest.closed).isEqualTo(1);
  }

  @Test
  void twoThatMakeTheSameGetTheFirst() throws Exception {
    ProcessCache<Key, Spy> cache = ProcessCache.ofAll();
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch made = new CountDownLatch(1);
    Spy late = new Spy(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Spy> slow =
          thread.submit(
              () ->
                  cache.get(
                      new Key("a"),
                      key -> {
                        making.countDown();
                        try {
                          made.await();
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                        return late;
                      }));
      making.await();
      Spy first = get(cache, "a", 1);
      made.countDown();
      assertThat(slow.get()).isSameAs(first);
      assertThat(late.closed).as("the one that came too late").isEqualTo(1);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void theEndOfTheProcessClosesAllAndALaterUseBeginsAnew() {
    ProcessCache<Key, AutoCloseable> failing = ProcessCache.ofAll();
    failing.give(
        new Key("a"),
        () -> {
          throw new IllegalArgumentException("cannot");
        });
    ProcessCache<Key, Spy> cache = ProcessCache.ofAll();
    Spy shared = get(cache, "shared", 1);
    assertThatThrownBy(ProcessCache::closeAll).hasRootCauseMessage("cannot");
    assertThat(shared.closed).as("though another failed").isEqualTo(1);
    assertThat(cache.count(key -> true)).isZero();
    assertThat(get(cache, "shared", 1)).isNotSameAs(shared);
    ProcessCache.closeAll();
  }
}
