package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Float16CodecTest {
  @Test
  void everyHalfComesBack() {
    for (int bits = 0; bits < 0x7C00; bits++) {
      byte[] half = {(byte) bits, (byte) (bits >> 8)};
      assertThat(Float16Codec.of(Float16Codec.toFloats(half))).as("%04x", bits).isEqualTo(half);
    }
  }

  @Test
  void valuesOfEitherSignComeBackToo() {
    float[] values = {-0.5f, 0.25f, -1e9f, -0x1.0p-24f, -0.1f};
    assertThat(Float16Codec.toFloats(Float16Codec.ofSigned(values)))
        .containsExactly(-0.5f, 0.25f, -65504, -0x1.0p-24f, -0.099975586f);
  }

  @Test
  void valuesAreRoundedToTheNearest() {
    float[] back = Float16Codec.toFloats(Float16Codec.of(new float[] {0, 1, 0.1f, 2049, -1, 1e9f}));
    assertThat(back).containsExactly(0, 1, 0.099975586f, 2048, 0, 65504);
  }
}
