package org.fairspark.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileTest {
  private static final UnetSpec SHAPE = new UnetSpec(1, 2, true);

  private static NetworkWeights state() {
    NetworkWeights initial = NetworkWeights.initial(SHAPE, 3);
    float[] first = new float[SHAPE.parameterCount()];
    float[] second = new float[SHAPE.parameterCount()];
    for (int i = 0; i < first.length; i++) {
      first[i] = -i / 7f;
      second[i] = i / 3f;
    }
    return new NetworkWeights(SHAPE, initial.parameters(), first, second, 42);
  }

  private static byte[] checkpoint() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NetworkFile.writeCheckpoint(state(), Map.of("epochs", "5", "name", "größe"), out);
    return out.toByteArray();
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  @Test
  void aCheckpointIsReadAsItWasWritten() throws IOException {
    NetworkFile.Loaded loaded = NetworkFile.read(new ByteArrayInputStream(checkpoint()));
    NetworkWeights expected = state();
    assertThat(loaded.weights().spec()).as("shape").isEqualTo(SHAPE);
    assertThat(loaded.weights().parameters()).as("parameters").isEqualTo(expected.parameters());
    assertThat(loaded.weights().firstMoment()).as("first moment").isEqualTo(expected.firstMoment());
    assertThat(loaded.weights().secondMoment())
        .as("second moment")
        .isEqualTo(expected.secondMoment());
    assertThat(loaded.weights().iteration()).as("iteration").isEqualTo(42);
    assertThat(loaded.metadata())
        .as("metadata")
        .containsEntry("epochs", "5")
        .containsEntry("name", "größe");
  }

  @Test
  void weightsAreReadWithoutMoments() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NetworkFile.writeWeights(state(), Map.of(), out);
    NetworkWeights loaded = NetworkFile.read(new ByteArrayInputStream(out.toByteArray())).weights();
    assertThat(loaded.parameters()).as("parameters").isEqualTo(state().parameters());
    assertThat(loaded.hasMoments()).as("has moments").isFalse();
    assertThatThrownBy(
            () -> NetworkFile.writeCheckpoint(loaded, Map.of(), new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("moments");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 100, 5000})
  void aTruncatedFileIsRefused(int keep) throws IOException {
    byte[] cut = Arrays.copyOf(checkpoint(), keep);
    assertThatThrownBy(() -> NetworkFile.read(new ByteArrayInputStream(cut)))
        .as("a file of %d bytes", keep)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "not json"
      })
  void aHeaderThatLiesIsRefused(String header) {
    assertThatThrownBy(() -> SafeTensors.read(new ByteArrayInputStream(file(header, 8)), 1000))
        .isInstanceOf(IOException.class);
  }

  @Test
  void absurdSizesAreRefusedBeforeAnythingIsAllocated() {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}";
    assertThatThrownBy(() -> SafeTensors.read(new ByteArrayInputStream(file(header, 0)), 1000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("allowed are 1000");
    byte[] longHeader =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).array();
    assertThatThrownBy(() -> SafeTensors.read(new ByteArrayInputStream(longHeader), 1000))
        .hasMessageContaining("header would have");
  }
}
