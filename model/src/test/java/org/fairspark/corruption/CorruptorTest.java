package org.fairspark.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorruptorTest {
  private static final PixelImage CLEAN = noise(32, 48, 1);
  private static final TextureSource TEXTURES =
      new ImageTextures(List.of(noise(20, 30, 2), noise(64, 96, 3)), false);

  private static PixelImage noise(int height, int width, long seed) {
    SeededRandom random = new SeededRandom(seed);
    byte[] pixels = new byte[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(100, 160);
    }
    return new PixelImage(3, height, width, pixels);
  }

  private static Map<CorruptionKind, Double> shares(CorruptionRecipe recipe, int runs) {
    Corruptor corruptor = new Corruptor(recipe, CutPasteStyle.REFERENCE);
    Map<CorruptionKind, Double> shares = new EnumMap<>(CorruptionKind.class);
    int rotated = 0;
    for (int i = 0; i < runs; i++) {
      long seed = SeededRandom.seed(42, "bottle/000", i);
      CorruptedSample sample = corruptor.corrupt(CLEAN, TEXTURES, seed);
      shares.merge(sample.kind(), 1.0 / runs, Double::sum);
      rotated += sample.rotationDegrees() != 0 ? 1 : 0;
    }
    assertThat(rotated / (double) runs).as("rotated").isCloseTo(0.3, within(0.03));
    return shares;
  }

  @Test
  void thePapersRecipeHasTheReferencesProbabilities() {
    Map<CorruptionKind, Double> shares = shares(CorruptionRecipe.PAPER, 4000);

    // Perlin masks are sometimes empty, and their samples then clean: more often in small images.
    assertThat(shares.get(CorruptionKind.CUT_PASTE)).as("CutPaste").isCloseTo(0.25, within(0.03));
    double perlin = shares.get(CorruptionKind.PERLIN_TEXTURE);
    assertThat(perlin).as("texture").isBetween(0.18, 0.27);
    assertThat(shares.get(CorruptionKind.CLEAN)).as("clean").isCloseTo(0.75 - perlin, within(0.03));
    assertThat(shares).as("kinds").hasSize(3);
  }

  @Test
  void theLaterRecipeHasTheReferencesProbabilities() {
    Map<CorruptionKind, Double> shares = shares(CorruptionRecipe.NSA, 4000);

    assertThat(shares.get(CorruptionKind.CUT_PASTE)).as("CutPaste").isCloseTo(0.1, within(0.02));
    double both = shares.get(CorruptionKind.NSA_AND_PERLIN_TEXTURE);
    assertThat(shares.get(CorruptionKind.NSA) + both).as("NSA").isCloseTo(0.4, within(0.03));
    assertThat(both).as("both").isBetween(0.13, 0.22);
    assertThat(shares.get(CorruptionKind.PERLIN_TEXTURE)).as("texture").isBetween(0.13, 0.22);
  }

  @Test
  void recipeNoneOnlyRotates() {
    assertThat(shares(CorruptionRecipe.NONE, 2000))
        .as("kinds")
        .containsOnlyKeys(CorruptionKind.CLEAN);

    CorruptedSample sample =
        new Corruptor(CorruptionRecipe.NONE, CutPasteStyle.PAPER).corrupt(CLEAN, TEXTURES, 9);
    assertThat(sample.corrupted().values())
        .as("image")
        .isEqualTo(sample.target().toFloat().values());
  }

  @ParameterizedTest
  @EnumSource
  void targetAndMaskTellTheTruth(CorruptionRecipe recipe) {
    for (CutPasteStyle style : CutPasteStyle.values()) {
      Corruptor corruptor = new Corruptor(recipe, style);
      for (int i = 0; i < 300; i++) {
        CorruptedSample sample = corruptor.corrupt(CLEAN, TEXTURES, i);

        assertThat(sample.target().pixels())
            .as("target of seed %d from the clean image and the angle", i)
            .isEqualTo(Warp.rotate(CLEAN, sample.rotationDegrees()).pixels());
        float[] target = sample.target().toFloat().values();
        float[] corrupted = sample.corrupted().values();
        int marked = 0;
        for (int p = 0; p < target.length; p++) {
          boolean inside = sample.mask().pixels()[p % (32 * 48)] != 0;
          marked += inside ? 1 : 0;
          if (!(corrupted[p] >= 0 && corrupted[p] <= 1)) {
            throw new AssertionError("seed %d: value %d is %s".formatted(i, p, corrupted[p]));
          }
          if (!inside && corrupted[p] != target[p]) {
            throw new AssertionError("seed %d: value %d changed outside the mask".formatted(i, p));
          }
        }
        assertThat(marked == 0)
            .as("seed %d is clean", i)
            .isEqualTo(sample.kind() == CorruptionKind.CLEAN);
      }
    }
  }

  @Test
  void texturesAreBlendedByBeta() {
    PixelImage texture = new PixelImage(3, 1, 2, new byte[] {(byte) 200, 0, 100, 1, 2, 3});
    FloatImage image = new FloatImage(3, 1, 2, new float[] {0.5f, 0.25f, 1f, 0.25f, 0f, 0.25f});

    Corruptor.blend(image, texture, new boolean[] {true, false}, 0.25f);

    float[] expected = {0.75f * 200 / 255 + 0.125f, 0.25f, 0.25f, 0.25f, 0.75f * 100 / 255, 0.25f};
    assertThat(image.values()).as("planes").containsExactly(expected, within(1e-6f));
  }

  @Test
  void draemsRecipeHasTexturesAlone() {
    Map<CorruptionKind, Double> shares = shares(CorruptionRecipe.TEXTURES, 2000);

    double perlin = shares.get(CorruptionKind.PERLIN_TEXTURE);
    assertThat(perlin).as("texture").isBetween(0.36, 0.53);
    assertThat(shares)
        .as("kinds")
        .containsOnlyKeys(CorruptionKind.PERLIN_TEXTURE, CorruptionKind.CLEAN);
  }

  @Test
  void patchesAreInEverySample() {
    Corruptor corruptor = new Corruptor(CorruptionRecipe.PATCHES, CutPasteStyle.REFERENCE);
    for (int i = 0; i < 100; i++) {
      CorruptedSample sample = corruptor.corrupt(CLEAN, TEXTURES, i);
      assertThat(sample.kind()).isEqualTo(CorruptionKind.NSA);
      assertThat(sample.rotationDegrees()).isZero();
    }
  }

  @Test
  void cellsAreBlackInEverySampleAndOfAllSizes() {
    Corruptor corruptor = new Corruptor(CorruptionRecipe.CELLS, CutPasteStyle.REFERENCE);
    Map<String, Integer> sizes = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      CorruptedSample sample = corruptor.corrupt(CLEAN, TEXTURES, i);
      sizes.merge(sample.detail(), 1, Integer::sum);
      byte[] mask = sample.mask().pixels();
      int black = 0;
      for (int p = 0; p < mask.length; p++) {
        black += mask[p] != 0 ? 1 : 0;
        assertThat(mask[p] == 0 || sample.corrupted().values()[p] == 0).isTrue();
      }
      assertThat(black / (double) mask.length).as("a third").isCloseTo(1 / 3.0, within(0.02));
      assertThat(sample.rotationDegrees()).isZero();
    }
    assertThat(sizes)
        .containsOnlyKeys("cells of 2", "cells of 4", "cells of 8", "cells of 16")
        .allSatisfy((size, count) -> assertThat(count).isGreaterThan(12));
  }

  /**
   * The hashes must never change: a prepared data set can be made again only from equal samples.
   */
  @Test
  void samplesAreTheSameOnEveryMachine() {
    assertThat(checksum(CorruptionRecipe.PAPER, CorruptionRecipe.NSA, CorruptionRecipe.NONE))
        .as("checksum of 1200 samples")
        .isEqualTo(4292971815L);
    assertThat(checksum(CorruptionRecipe.TEXTURES, CorruptionRecipe.CELLS))
        .as("checksum of 800 samples")
        .isEqualTo(2120970932L);
    assertThat(checksum(CorruptionRecipe.PATCHES))
        .as("checksum of 400 samples")
        .isEqualTo(1852229259L);
  }

  private static long checksum(CorruptionRecipe... recipes) {
    CRC32 crc = new CRC32();
    for (CorruptionRecipe recipe : recipes) {
      for (CutPasteStyle style : CutPasteStyle.values()) {
        Corruptor corruptor = new Corruptor(recipe, style);
        for (TextureSource source : List.of(TEXTURES, TextureSource.internal(List.of(CLEAN)))) {
          for (int i = 0; i < 100; i++) {
            CorruptedSample sample = corruptor.corrupt(CLEAN, source, i);
            ByteBuffer bytes = ByteBuffer.allocate(4 * sample.corrupted().values().length);
            bytes.asFloatBuffer().put(sample.corrupted().values());
            crc.update(bytes.array());
            crc.update(sample.target().pixels());
            crc.update(sample.mask().pixels());
          }
        }
      }
    }
    return crc.getValue();
  }

  @Test
  void aSampleIsDescribedInTheSameDigitsInEveryLocale() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"));
    try {
      for (CorruptionRecipe recipe : CorruptionRecipe.values()) {
        Corruptor corruptor = new Corruptor(recipe, CutPasteStyle.REFERENCE);
        for (int i = 0; i < 20; i++) {
          String detail = corruptor.corrupt(CLEAN, TEXTURES, i).detail();
          assertThat(detail.chars().allMatch(c -> c < 0x80)).as(detail).isTrue();
        }
      }
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @Test
  void differentSeedsGiveDifferentSamples() {
    Corruptor corruptor = new Corruptor(CorruptionRecipe.PAPER, CutPasteStyle.PAPER);
    long different =
        LongStream.range(0, 40)
            .mapToObj(seed -> corruptor.corrupt(CLEAN, TEXTURES, seed))
            .map(sample -> Arrays.hashCode(sample.corrupted().values()))
            .distinct()
            .count();

    // About a third are neither rotated nor corrupted, hence alike.
    assertThat(different).as("different samples of 40").isGreaterThan(20);
  }

  @Test
  void grayImagesAndEmptyTexturesAreRefused() {
    Corruptor corruptor = new Corruptor(CorruptionRecipe.PAPER, CutPasteStyle.PAPER);
    PixelImage gray = new PixelImage(1, 2, 2, new byte[4]);

    assertThatIllegalArgumentException()
        .as("gray image")
        .isThrownBy(() -> corruptor.corrupt(gray, TEXTURES, 1))
        .withMessageContaining("got 1");
    assertThatIllegalArgumentException()
        .as("gray texture")
        .isThrownBy(() -> new ImageTextures(List.of(gray), false))
        .withMessageContaining("got 1");
    assertThatIllegalArgumentException()
        .as("no texture")
        .isThrownBy(() -> new ImageTextures(List.of(), false))
        .withMessageContaining("at least one");
  }
}
