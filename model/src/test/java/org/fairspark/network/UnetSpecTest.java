package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnetSpecTest {
  @ParameterizedTest
  @CsvSource({
    "8, 271875",
    "16, 1082883",
    "32, 4322307",
    "64, 17270787",
    "128, 69046275",
  })
  void hasThePapersNumberOfTrainableParameters(int width, int expected) {
    UnetSpec shape = new UnetSpec(1, width, true);
    int trainable =
        shape.tensors().stream()
            .filter(UnetSpec.TensorSpec::trainable)
            .mapToInt(UnetSpec.TensorSpec::length)
            .sum();
    assertThat(trainable).as("trainable values at width %d", width).isEqualTo(expected);
    assertThat(shape.parameterCount()).as("counted directly").isEqualTo(expected);
  }

  @Test
  void tensorsFillTheFlatArraysWithoutGaps() {
    UnetSpec shape = new UnetSpec(2, 4, true);
    int offset = 0;
    int moment = 0;
    Set<String> names = new HashSet<>();
    for (UnetSpec.TensorSpec tensor : shape.tensors()) {
      assertThat(tensor.offset()).as("offset of %s", tensor.name()).isEqualTo(offset);
      assertThat(tensor.momentOffset())
          .as("moment offset of %s", tensor.name())
          .isEqualTo(tensor.trainable() ? moment : -1);
      offset += tensor.length();
      moment += tensor.trainable() ? tensor.length() : 0;
      assertThat(names.add(tensor.name())).as("%s is named once", tensor.name()).isTrue();
    }
    assertThat(offset).as("length of all").isEqualTo(shape.stateLength());
    assertThat(moment).as("length of the moments").isEqualTo(shape.parameterCount());
    // 23 convolutions of weight and bias, 22 normalizations of four vectors.
    assertThat(shape.tensors()).as("tensors").hasSize(23 * 2 + 22 * 4);
  }

  @Test
  void theInputChannelsChangeTheFirstConvolutionOnly() {
    assertThat(
            new UnetSpec(3, 16, true).parameterCount() - new UnetSpec(1, 16, true).parameterCount())
        .as("weights of two more input channels")
        .isEqualTo(2 * 9 * 16);
  }

  @Test
  void skipsAddNoParameters() {
    assertThat(new UnetSpec(1, 16, false).tensors())
        .as("tensors without skips")
        .isEqualTo(new UnetSpec(1, 16, true).tensors());
  }

  @Test
  void refusesImpossibleValues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UnetSpec(0, 16, true))
        .withMessageContaining("input channels")
        .withMessageContaining("0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UnetSpec(1, 0, true))
        .withMessageContaining("width");
    for (int[] size : List.of(new int[] {24, 32}, new int[] {32, 8}, new int[] {0, 16})) {
      assertThatIllegalArgumentException()
          .as("a batch of %d x %d", size[0], size[1])
          .isThrownBy(() -> UnetSpec.checkSize(1, size[0], size[1]))
          .withMessageContaining("multiples of 16");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnetSpec.checkSize(0, 16, 16))
        .withMessageContaining("at least one image");
  }
}
