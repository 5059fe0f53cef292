package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class Float32CodecTest {
  @Test
  void valuesOfSeveralArraysFollowOneAnother() {
    byte[] bytes = Float32Codec.of(List.of(new float[] {1, -0.0f}, new float[0], new float[] {3}));
    assertThat(bytes).isEqualTo(Float32Codec.of(new float[] {1, -0.0f, 3}));
    assertThat(bytes).startsWith(0, 0, 0x80, 0x3F);
    assertThat(Float32Codec.toFloats(bytes)).containsExactly(1, -0.0f, 3);
  }

  @Test
  void halfAValueIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Float32Codec.toFloats(new byte[6]))
        .withMessageContaining("6 bytes");
  }
}
