package org.fairspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {
  @ParameterizedTest
  @ValueSource(strings = {"512 x 384", "512x384", " 512 X 384 ", "512 × 384"})
  void readsWidthBeforeHeight(String written) {
    assertThat(ImageSize.parse(written)).isEqualTo(new ImageSize(384, 512));
  }

  @Test
  void writesWhatItReads() {
    assertThat(ImageSize.parse("256")).isEqualTo(ImageSize.square(256)).hasToString("256");
    assertThat(new ImageSize(384, 512)).hasToString("512 x 384");
    assertThat(ImageSize.square(256).both()).isEqualTo("256 x 256");
    assertThat(ImageSize.square(256).plain()).as("as ever in JSON").isEqualTo(256);
    assertThat(new ImageSize(384, 512).plain()).isEqualTo("512 x 384");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "512 x", "512 by 384", "-16", "16.5", "1 x 2 x 3", "0"})
  void refusesWhatIsNoSize(String written) {
    assertThatThrownBy(() -> ImageSize.parse(written)).isInstanceOf(IllegalArgumentException.class);
  }
}
