package org.fairspark.network.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.onednn.OneDnnRestorer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

class NativeBackendTest {
  private static final UnetSpec SPEC = new UnetSpec(1, 16, true);

  @Test
  void layersCallOneDnnDirectly() {
    assertThat(OneDnn.unavailable()).as("why oneDNN cannot be used").isNull();
    assertThat(NativeBackend.fast(false)).isTrue();
  }

  @Test
  void dl4jAndNd4jUseOneDnnToo() {
    NativeBackend.initialize();
    assertThat(BaseMKLDNNHelper.mklDnnEnabled()).as("DL4J's helpers are enabled").isTrue();
    assertThat(Nd4j.getEnvironment().helpersAllowed()).as("ND4J's helpers are allowed").isTrue();
  }

  /** Two tasks of one executor, each on its own thread, that ask for different numbers. */
  @Test
  void threadsDoNotOverruleEachOther() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      assertThat(on(one, () -> use(1))).isEqualTo(1);
      assertThat(on(other, () -> use(3))).isEqualTo(3);
      assertThat(on(one, NativeBackendTest::openMpThreads)).as("the first thread's").isEqualTo(1);
      assertThat(on(one, NativeBackend::threads)).isEqualTo(1);
      assertThat(on(other, NativeBackend::threads)).isEqualTo(3);
    } finally {
      one.shutdown();
      other.shutdown();
    }
  }

  @Test
  void anEngineComputesOnItsOwnNumberOfThreadsWhoeverCalls() throws Exception {
    NetworkWeights weights = NetworkWeights.initial(SPEC, 1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Dl4jTrainer two = Dl4jTrainer.of(weights, 2);
        Dl4jTrainer three = Dl4jTrainer.of(weights, 3)) {
      assertThat(on(thread, () -> restore(two))).isEqualTo(2);
      assertThat(on(thread, () -> restore(three))).isEqualTo(3);
      assertThat(on(thread, () -> restore(two))).isEqualTo(2);
      if (OneDnnRestorer.unsuitable(SPEC).isEmpty()) {
        try (OneDnnRestorer oneDnn = OneDnnRestorer.of(weights, 4)) {
          assertThat(on(thread, () -> restore(oneDnn))).isEqualTo(4);
        }
      }
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void refusesNoThreads() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBackend.useThreads(0))
        .withMessageContaining("at least 1, got 0");
  }

  private static int use(int threads) {
    NativeBackend.useThreads(threads);
    return openMpThreads();
  }

  private static int restore(Restorer restorer) {
    restorer.restore(new float[16 * 16], 1, 16, 16);
    return openMpThreads();
  }

  private static int openMpThreads() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
  }

  private static <T> T on(ExecutorService thread, Callable<T> work) throws Exception {
    return thread.submit(work).get();
  }
}
