package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GrayTest {
  @Test
  void lumaWeighsGreenMost() {
    FloatImage rgb = new FloatImage(3, 1, 4, new float[] {1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1});

    FloatImage gray = Gray.bt601(rgb);

    assertThat(gray.channels()).as("channels").isEqualTo(1);
    assertThat(gray.values())
        .as("red, green, blue, white")
        .containsExactly(new float[] {0.299f, 0.587f, 0.114f, 1f}, within(1e-7f));
  }

  @Test
  void grayInputIsRefused() {
    assertThatIllegalArgumentException()
        .as("one channel")
        .isThrownBy(() -> Gray.bt601(new FloatImage(1, 1, 1, new float[1])))
        .withMessageContaining("got 1");
  }
}
