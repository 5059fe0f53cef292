package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatedChangeTest {
  private static PixelImage picture() {
    SeededRandom random = new SeededRandom(9);
    byte[] pixels = new byte[256 * 256 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (60 + i / 768 / 3 + random.nextInt(40));
    }
    return new PixelImage(3, 256, 256, pixels);
  }

  private static double distance(PixelImage a, PixelImage b) {
    double sum = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      sum += Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF));
    }
    return sum / a.pixels().length;
  }

  @ParameterizedTest
  @EnumSource(StatedChange.Kind.class)
  void moreSevereChangesChangeMore(StatedChange.Kind kind) {
    PixelImage before = picture();
    double last = 0;
    for (int severity = 1; severity <= 5; severity += 2) {
      StatedChange change = new StatedChange(kind, severity);
      PixelImage changed = change.apply(before, 1, "a.png");
      double distance = distance(before, changed);
      assertThat(distance).as("%s beyond the one before", change.word()).isGreaterThan(last);
      assertThat(change.apply(before, 1, "a.png").pixels())
          .as("the same again")
          .isEqualTo(changed.pixels());
      last = distance;
    }
    assertThat(before.pixels()).as("not changed").isEqualTo(picture().pixels());
  }

  @Test
  void aBlurOfTooSmallAPartOfAPixelIsIdle() {
    byte[] stripes = new byte[64 * 64 * 3];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i / 3 % 2 * 255);
    }
    PixelImage image = new PixelImage(3, 64, 64, stripes);
    for (String word : new String[] {"blur-1", "blur-2", "blur-3", "noise-1"}) {
      StatedChange change = StatedChange.of(word);
      assertThat(Arrays.equals(change.apply(image, 1, "a").pixels(), stripes))
          .as(word)
          .isEqualTo(change.isIdleAt(64, 64));
    }
    assertThat(StatedChange.of("blur-2").isIdleAt(64, 64)).isTrue();
    assertThat(StatedChange.of("blur-1").isIdleAt(256, 256)).isFalse();
  }

  @Test
  void handComputedValues() {
    byte[] hundreds = new byte[2 * 2 * 3];
    Arrays.fill(hundreds, (byte) 100);
    PixelImage gray = new PixelImage(3, 2, 2, hundreds);
    assertThat(StatedChange.of("darker-5").apply(gray, 1, "").pixels()).containsOnly(50);
    assertThat(StatedChange.of("white-balance-3").apply(gray, 1, "").pixels())
        .startsWith(110, 100, 90);
    // A white point of 256 pixels keeps 1 / (deviation sqrt(2 pi)) of itself along each direction.
    byte[] point = new byte[256 * 256 * 3];
    int middle = (128 * 256 + 128) * 3;
    point[middle] = (byte) 255;
    PixelImage blurred = StatedChange.of("blur-4").apply(new PixelImage(3, 256, 256, point), 1, "");
    assertThat(blurred.pixels()[middle] & 0xFF)
        .isEqualTo((int) Math.round(255 / (2 * Math.PI * 4)));
    assertThat(blurred.pixels()[middle + 1]).as("colours do not mix").isZero();
  }

  @Test
  void noiseIsOfTheImageAndTheSeed() {
    StatedChange noise = StatedChange.of("noise-2");
    byte[] one = noise.apply(picture(), 1, "a.png").pixels();
    assertThat(noise.apply(picture(), 1, "b.png").pixels()).isNotEqualTo(one);
    assertThat(noise.apply(picture(), 2, "a.png").pixels()).isNotEqualTo(one);
  }

  @Test
  void wordsAreReadAsTheyAreWritten() {
    assertThat(StatedChange.of("white-balance-2").word()).isEqualTo("white-balance-2");
    assertThatThrownBy(() -> StatedChange.of("blur-6"))
        .hasMessageContaining("darker, brighter, contrast")
        .hasMessageContaining("got blur-6");
    assertThatThrownBy(() -> new StatedChange(StatedChange.Kind.BLUR, 0))
        .hasMessageContaining("1 to 5");
  }
}
