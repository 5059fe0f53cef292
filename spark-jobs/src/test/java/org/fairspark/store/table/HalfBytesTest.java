package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfBytesTest {
  @Test
  void everyHalfComesBack() {
    for (int bits = 0; bits < 0x7C00; bits++) {
      byte[] half = {(byte) bits, (byte) (bits >> 8)};
      assertThat(HalfBytes.of(HalfBytes.toFloats(half))).as("%04x", bits).isEqualTo(half);
    }
  }

  @Test
  void valuesAreRoundedToTheNearest() {
    float[] back = HalfBytes.toFloats(HalfBytes.of(new float[] {0, 1, 0.1f, 2049, -1, 1e9f}));
    assertThat(back).containsExactly(0, 1, 0.099975586f, 2048, 0, 65504);
  }
}
