package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.config.SamplesConfig.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputFormatTest {
  private static final float[] VALUES = {0, -0.5f, 0.25f, 3, -0x1.0p-10f, 1};

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theColumnTellsHowItIsRead(Precision precision) {
    InputFormat written = InputFormat.written(precision);
    InputFormat read = InputFormat.of(SamplesTable.schema(1, 2, 3, "gray", written));
    assertThat(read).isEqualTo(written);
    byte[] column = written.encoded(VALUES);
    assertThat(column).hasSize(VALUES.length * written.width());
    // All of the values are halves too.
    assertThat(read.decoded(column)).isEqualTo(Float32Codec.of(VALUES));
  }

  @Test
  void theFirstBytesOfAllValuesComeFirst() {
    byte[] numbers = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(BytePlanes.split(numbers, 4)).containsExactly(1, 5, 2, 6, 3, 7, 4, 8);
    assertThat(BytePlanes.join(BytePlanes.split(numbers, 4), 4)).isEqualTo(numbers);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BytePlanes.join(new byte[7], 4))
        .withMessageContaining("7 bytes are no whole number of values of 4 bytes");
  }

  @Test
  void tablesOfBeforeHaveValueAfterValue() {
    StructType before =
        new StructType(
            new StructField[] {
              new StructField(
                  SamplesTable.INPUT,
                  DataTypes.BinaryType,
                  false,
                  Metadata.fromJson(
                      "{\"tensor_type\":\"float32\",\"tensor_layout\":\"CHW\","
                          + "\"tensor_shape\":[1,2,3],\"byte_order\":\"little-endian\"}"))
            });
    byte[] column = Float32Codec.of(VALUES);
    assertThat(InputFormat.of(before).decoded(column)).isEqualTo(column);
  }
}
