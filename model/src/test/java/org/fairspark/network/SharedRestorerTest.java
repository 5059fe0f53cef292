package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SharedRestorerTest {
  private static final int SIDE = 16;
  private static final int PLANE = SIDE * SIDE;
  private static final int BATCH = 4;

  private final ExecutorService tasks = Executors.newCachedThreadPool();

  @AfterEach
  void endTasks() {
    tasks.shutdownNow();
  }

  /** A device that adds one to every value, batch by batch as it is allowed to. */
  private static class Device implements Restorer {
    final Semaphore allowed = new Semaphore(0);
    final Semaphore begun = new Semaphore(0);
    final List<float[]> seen = new ArrayList<>();
    final AtomicInteger atWork = new AtomicInteger();
    volatile boolean closed;

    @Override
    public float[] restore(float[] input, int n, int height, int width) {
      assertThat(atWork.incrementAndGet()).as("batches at a time").isEqualTo(1);
      seen.add(input.clone());
      begun.release();
      allowed.acquireUninterruptibly();
      atWork.decrementAndGet();
      float[] restored = new float[n * 3 * height * width];
      for (int i = 0; i < n; i++) {
        float own = input[i * height * width];
        if (own < 0) {
          throw new IllegalStateException("out of memory");
        }
        Arrays.fill(restored, i * 3 * height * width, (i + 1) * 3 * height * width, own + 1);
      }
      return restored;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Images of one value each. */
  private static float[] images(float... values) {
    float[] images = new float[values.length * PLANE];
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(images, i * PLANE, (i + 1) * PLANE, values[i]);
    }
    return images;
  }

  private static float[] firsts(float[] restored, int images) {
    float[] firsts = new float[images];
    for (int i = 0; i < images; i++) {
      firsts[i] = restored[i * restored.length / images];
    }
    return firsts;
  }

  private Future<float[]> task(SharedRestorer shared, float... values) {
    return tasks.submit(
        () ->
            firsts(
                shared.restoreFilled(images(values), values.length, BATCH, SIDE, SIDE),
                values.length));
  }

  /** Waits until so many images are in the queue. */
  private static void awaitWaiting(SharedRestorer shared, int images) {
    while (shared.waitingImages() != images) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void batchesAreGatheredOverTheTasksThatWait() throws Exception {
    Device device = new Device();
    try (SharedRestorer shared = new SharedRestorer("gathering", () -> device)) {
      Future<float[]> first = task(shared, 1);
      device.begun.acquire();
      Future<float[]> second = task(shared, 2, 3, 4);
      awaitWaiting(shared, 3);
      Future<float[]> third = task(shared, 5, 6, 7);
      awaitWaiting(shared, 6);
      device.allowed.release(3);
      assertThat(first.get()).containsExactly(2);
      assertThat(second.get()).containsExactly(3, 4, 5);
      assertThat(third.get()).containsExactly(6, 7, 8);
      assertThat(firsts(device.seen.get(0), BATCH)).as("alone").containsExactly(1, 0, 0, 0);
      assertThat(firsts(device.seen.get(1), BATCH)).as("gathered").containsExactly(2, 3, 4, 5);
      assertThat(firsts(device.seen.get(2), BATCH)).as("the rest").containsExactly(6, 7, 0, 0);
      assertThat(shared.counts().images()).isEqualTo(7);
    }
    assertThat(device.closed).isTrue();
  }

  @Test
  void imagesOfOtherSizesAreNoPartOfABatch() throws Exception {
    Device device = new Device();
    try (SharedRestorer shared = new SharedRestorer("sizes", () -> device)) {
      Future<float[]> first = task(shared, 1);
      device.begun.acquire();
      Future<float[]> second = task(shared, 2);
      awaitWaiting(shared, 1);
      Future<float[]> larger =
          tasks.submit(() -> shared.restoreFilled(new float[2 * PLANE], 1, BATCH, 2 * SIDE, SIDE));
      awaitWaiting(shared, 2);
      Future<float[]> third = task(shared, 3);
      awaitWaiting(shared, 3);
      device.allowed.release(3);
      assertThat(first.get()).containsExactly(2);
      assertThat(second.get()).containsExactly(3);
      assertThat(third.get()).containsExactly(4);
      assertThat(larger.get()).hasSize(3 * 2 * PLANE).containsOnly(1);
      assertThat(firsts(device.seen.get(1), BATCH)).containsExactly(2, 3, 0, 0);
      assertThat(device.seen).hasSize(3);
    }
  }

  @Test
  void theQueueIsBounded() throws Exception {
    Device device = new Device();
    int most = SharedRestorer.WAITING_BATCHES * BATCH;
    try (SharedRestorer shared = new SharedRestorer("bounded", () -> device)) {
      List<Future<float[]>> all = new ArrayList<>();
      for (int i = 0; i < 3 * SharedRestorer.WAITING_BATCHES; i++) {
        all.add(task(shared, 1, 2, 3, 4));
      }
      awaitWaiting(shared, most);
      for (Future<float[]> one : all) {
        device.begun.acquire();
        assertThat(shared.waitingImages()).isLessThanOrEqualTo(most);
        device.allowed.release();
      }
      for (Future<float[]> one : all) {
        assertThat(one.get()).containsExactly(2, 3, 4, 5);
      }
      assertThat(shared.counts().fill()).as("places filled").isEqualTo(1);
    }
  }

  @Test
  void anInterruptedTaskLeavesTheQueueToTheOthers() throws Exception {
    Device device = new Device();
    try (SharedRestorer shared = new SharedRestorer("interrupted", () -> device)) {
      Future<float[]> first = task(shared, 1);
      device.begun.acquire();
      CountDownLatch ended = new CountDownLatch(1);
      AtomicInteger stillInterrupted = new AtomicInteger();
      Thread killed =
          new Thread(
              () -> {
                assertThatIllegalStateException()
                    .isThrownBy(() -> shared.restoreFilled(images(8, 9), 2, BATCH, SIDE, SIDE))
                    .withMessageContaining("interrupted while 2 image(s) waited");
                stillInterrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                ended.countDown();
              });
      killed.start();
      awaitWaiting(shared, 2);
      Future<float[]> second = task(shared, 2);
      awaitWaiting(shared, 3);
      killed.interrupt();
      ended.await();
      assertThat(stillInterrupted).as("the thread's state").hasValue(1);
      assertThat(shared.waitingImages()).as("images that wait").isEqualTo(1);
      device.allowed.release(2);
      assertThat(first.get()).containsExactly(2);
      assertThat(second.get()).containsExactly(3);
      assertThat(firsts(device.seen.get(1), BATCH)).containsExactly(2, 0, 0, 0);
    }
  }

  @Test
  void aTaskThatIsInterruptedWhileItsImagesAreRestoredDisturbsNobody() throws Exception {
    Device device = new Device();
    try (SharedRestorer shared = new SharedRestorer("half", () -> device)) {
      Future<float[]> killed = task(shared, 1, 2, 3);
      device.begun.acquire();
      killed.cancel(true);
      Future<float[]> next = task(shared, 4);
      device.allowed.release(2);
      assertThat(next.get()).containsExactly(5);
    }
  }

  @Test
  void aDeviceThatFailsIsToldToAllWhoWaitAndNotUsedAgain() throws Exception {
    Device device = new Device();
    try (SharedRestorer shared = new SharedRestorer("failing", () -> device)) {
      Future<float[]> bad = task(shared, -1);
      device.begun.acquire();
      Future<float[]> waiting = task(shared, 1);
      awaitWaiting(shared, 1);
      device.allowed.release();
      for (Future<float[]> one : List.of(bad, waiting)) {
        assertThatThrownBy(one::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("share failed, with 2 of them at work or waiting: out of memory");
      }
      assertThatIllegalStateException()
          .as("who comes later")
          .isThrownBy(() -> shared.restoreFilled(images(1), 1, BATCH, SIDE, SIDE))
          .withMessageContaining("out of memory");
    }
    assertThat(device.closed).isTrue();
  }

  @Test
  void imagesThatDoNotFitAreToldToTheirTaskAlone() throws Exception {
    Device device = new Device();
    Restorer checking =
        (input, n, height, width) -> {
          UnetSpec.checkBatch("input", input, n, 1, height, width);
          return device.restore(input, n, height, width);
        };
    device.allowed.release(9);
    try (SharedRestorer shared = new SharedRestorer("fit", () -> checking)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> shared.restoreFilled(new float[160], 1, BATCH, 10, 16))
          .withMessageContaining("multiples of 16");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> shared.restoreFilled(images(1, 2, 3, 4, 5), 5, BATCH, SIDE, SIDE))
          .withMessageContaining("a batch of 4 holds 1 to 4 images, got 5");
      assertThat(task(shared, 1).get()).as("another task's").containsExactly(2);
    }
  }

  @Test
  void anEngineThatCannotBeMadeIsToldAsItIs() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new SharedRestorer(
                    "none",
                    () -> {
                      throw new IllegalStateException("no such device");
                    }))
        .withMessage("no such device");
  }

  /**
   * A clock that is moved when every task decodes or waits for the device, and the device restores
   * or has nothing to: what a loaded machine takes is no part of its time.
   */
  private static final class VirtualTime {
    private static final int RESTORING = 10;
    private static final int BATCHES = 40;

    private final List<Long> decoding = new ArrayList<>();
    private long restoringUntil;
    private int tasks;
    private long now;
    private long busy;

    VirtualTime(int tasks) {
      this.tasks = tasks;
    }

    synchronized void decode(int ticks) throws InterruptedException {
      long until = now + ticks;
      decoding.add(until);
      while (now < until) {
        wait();
      }
    }

    synchronized void restore() {
      restoringUntil = now + RESTORING;
      try {
        while (now < restoringUntil) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    synchronized void end() {
      tasks--;
    }

    /** Moves the clock by one if all that can happen now has; returns whether tasks are left. */
    synchronized boolean move(SharedRestorer shared) {
      boolean restores = now < restoringUntil;
      int waiting = shared.waitingImages();
      int known = decoding.size() * BATCH + waiting + (restores ? BATCH : 0);
      if (known == tasks * BATCH && (restores || waiting == 0)) {
        busy += restores ? 1 : 0;
        now++;
        decoding.removeIf(until -> until <= now);
        notifyAll();
      }
      return tasks > 0;
    }
  }

  /** A batch's images are decoded in about six times the time in which they are restored. */
  @Test
  void eightTasksKeepADeviceBusyThatOneLeavesIdle() throws Exception {
    assertThat(busy(1)).as("share of the time in which one task keeps it busy").isBetween(.1, .2);
    assertThat(busy(8)).as("share of the time in which eight do").isBetween(.9, 1.);
  }

  private double busy(int count) throws Exception {
    VirtualTime time = new VirtualTime(count);
    Restorer device =
        (input, n, height, width) -> {
          time.restore();
          return new float[n * 3 * height * width];
        };
    try (SharedRestorer shared = new SharedRestorer("busy", () -> device)) {
      List<Future<?>> all = new ArrayList<>();
      for (int task = 0; task < count; task++) {
        SeededRandom random = SeededRandom.of(1, "decoding", task);
        int late = task * VirtualTime.RESTORING;
        all.add(
            tasks.submit(
                () -> {
                  time.decode(1 + late);
                  for (int batch = 0; batch < VirtualTime.BATCHES; batch++) {
                    time.decode((int) (VirtualTime.RESTORING * (5 + 2 * random.nextDouble())));
                    shared.restoreFilled(images(1, 2, 3, 4), 4, BATCH, SIDE, SIDE);
                  }
                  time.end();
                  return null;
                }));
      }
      while (time.move(shared)) {
        LockSupport.parkNanos(10_000);
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(shared.counts().fill()).as("places filled").isEqualTo(1);
      return (double) time.busy / time.now;
    }
  }
}
