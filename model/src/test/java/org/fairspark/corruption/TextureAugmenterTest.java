package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextureAugmenterTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threeDifferentAugmentersAreDrawnAllEquallyOften(boolean internal) {
    int kinds = internal ? 12 : 10;
    int runs = 4000;
    Map<TextureAugmenter, Integer> firsts = new EnumMap<>(TextureAugmenter.class);
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < runs; i++) {
      List<TextureAugmenter> drawn = TextureAugmenter.draw(internal, random);
      assertThat(drawn).as("draw %d", i).hasSize(3).doesNotHaveDuplicates();
      firsts.merge(drawn.get(0), 1, Integer::sum);
    }

    assertThat(firsts).as("augmenters drawn first").hasSize(kinds);
    // Four standard errors of a tenth of 4000.
    assertThat(firsts.values())
        .as("times each was first")
        .allSatisfy(n -> assertThat(n).isCloseTo(runs / kinds, within(80)));
  }

  @ParameterizedTest
  @EnumSource
  void everyAugmenterChangesSomethingAndDependsOnTheSeedAlone(TextureAugmenter augmenter) {
    byte[] texture = new byte[24 * 20 * 3];
    SeededRandom noise = new SeededRandom(5);
    for (int i = 0; i < texture.length; i++) {
      texture[i] = (byte) noise.nextInt(30, 200);
    }
    PixelImage image = new PixelImage(3, 24, 20, texture);
    int changed = 0;
    for (int seed = 0; seed < 20; seed++) {
      List<TextureAugmenter> one = List.of(augmenter);
      byte[] once = TextureAugmenter.applyAll(one, image, new SeededRandom(seed)).pixels();
      byte[] again = TextureAugmenter.applyAll(one, image, new SeededRandom(seed)).pixels();
      assertThat(again).as("seed %d", seed).isEqualTo(once);
      changed += Arrays.equals(once, texture) ? 0 : 1;
    }

    // Solarize does nothing half of the time, dropping channels nothing an eighth of the time.
    assertThat(changed).as("seeds of 20 that change the texture").isGreaterThan(4);
  }

  @Test
  void droppingChannelsLeavesOne() {
    byte[] white = {(byte) 255, (byte) 255, (byte) 255};
    SeededRandom random = new SeededRandom(2);
    for (int i = 0; i < 200; i++) {
      byte[] pixel = white.clone();
      TextureAugmenter.CHANNEL_DROPOUT.apply(pixel, 1, 1, random);
      assertThat(pixel[0] | pixel[1] | pixel[2]).as("pixel %d", i).isNotZero();
    }
  }
}
