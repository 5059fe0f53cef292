package org.fairspark.network.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.network.dl4j.OneDnnConvBlockLayer;
import org.fairspark.network.dl4j.OneDnnResampleLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Fails where something falls back to slow code without a word. */
class NativeBackendTest {
  @Test
  void networksAreComputedByOneDnn() {
    assertThatCode(NativeBackend::requireOneDnn).as("the check").doesNotThrowAnyException();
    try (Dl4jTrainer network = Dl4jTrainer.create(new NetworkSpec(1, 4, true), 1)) {
      assertThat(network.graph().getLayer("encoder.block1.0"))
          .as("a convolution's layer")
          .isInstanceOf(OneDnnConvBlockLayer.class);
      assertThat(network.graph().getLayer("encoder.mp1"))
          .as("a pooling's layer")
          .isInstanceOf(OneDnnResampleLayer.class);
    }
    assertThat(NativeBackend.describe()).as("description").contains("oneDNN 2.", "threads");
  }

  @Test
  void dl4jAndNd4jUseOneDnnToo() {
    NativeBackend.initialize();
    assertThat(BaseMKLDNNHelper.mklDnnEnabled()).as("DL4J's helpers are enabled").isTrue();
    assertThat(Nd4j.getEnvironment().helpersAllowed()).as("ND4J's helpers are allowed").isTrue();
  }

  @Test
  void threadsAreSetForEveryThread() throws InterruptedException {
    int before = NativeBackend.threads();
    try {
      NativeBackend.setThreads(1);
      assertThat(NativeBackend.threads()).as("threads").isEqualTo(1);
      int[] seen = new int[1];
      Thread other =
          new Thread(
              () -> {
                NativeBackend.applyThreads();
                seen[0] =
                    org.nd4j.nativeblas.NativeOpsHolder.getInstance()
                        .getDeviceNativeOps()
                        .ompGetMaxThreads();
              });
      other.start();
      other.join();
      assertThat(seen[0]).as("OpenMP's threads of another thread").isEqualTo(1);
    } finally {
      NativeBackend.setThreads(before);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NativeBackend.setThreads(0))
        .withMessageContaining("at least 1, got 0");
  }
}
