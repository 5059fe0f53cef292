package org.fairspark.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.detect.Frame.Fit;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Reduction;
import org.fairspark.image.Resize;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final ImageSize WIDE = new ImageSize(48, 64);

  private static PixelImage picture(int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 + i / 61);
    }
    return new PixelImage(3, height, width, pixels);
  }

  /** Finds most where the image is not: what a network sees of it has 9 beyond 40 x 50 pixels. */
  private static List<Detection> beyond(List<FloatImage> images) {
    return images.stream()
        .map(
            image -> {
              float[] map = new float[image.height() * image.width()];
              for (int p = 0; p < map.length; p++) {
                boolean inside = p / image.width() < 40 && p % image.width() < 50;
                map[p] = inside ? p % 5 : 9;
              }
              FloatImage found = new FloatImage(1, image.height(), image.width(), map);
              Reconstruction made = new Reconstruction(image, found, image);
              return new Detection(found, 9, made.extras(), Optional.of(made));
            })
        .toList();
  }

  @Test
  void stretchingKeepsAllImagesAtTheNetworksSize() {
    Frame frame = Frame.stretching(WIDE);
    assertThat(frame.kept(new ImageSize(1536, 2048))).isEqualTo(WIDE);
    assertThat(frame.keptAlike()).contains(WIDE);
    PixelImage kept = picture(48, 64);
    assertThat(frame.view(kept, 3)).isSameAs(kept);
    assertThat(frame.tiles(WIDE)).isEqualTo(1);
  }

  @Test
  void imagesAreReducedAsAskedAndMasksBilinearly() {
    PixelImage image = picture(120, 160);
    Frame frame = new Frame(Fit.PAD, WIDE, 0, Reduction.AREA);
    assertThat(frame.keep(image).pixels())
        .isEqualTo(Reduction.AREA.resize(image, WIDE).pixels())
        .isNotEqualTo(frame.keepMask(image).pixels());
    assertThat(frame.keepMask(image).pixels())
        .isEqualTo(new Frame(Fit.PAD, WIDE, 0).keep(image).pixels())
        .isEqualTo(Resize.bilinear(image, WIDE).pixels());
    assertThat(new Frame(Fit.TILES, ImageSize.square(32), 16, Reduction.AREA).keep(image))
        .isSameAs(image);
  }

  @Test
  void meansDoWhereJpegsMayBeDecodedToThem() {
    ImageSize original = new ImageSize(480, 320);
    Frame frame = new Frame(Fit.PAD, WIDE, 0, Reduction.AREA_SCALED_JPEG);
    assertThat(frame.needed(original)).isEqualTo(frame.kept(original));
    assertThat(new Frame(Fit.PAD, WIDE, 0, Reduction.AREA).needed(original)).isEqualTo(original);
    assertThat(
            new Frame(Fit.TILES, ImageSize.square(32), 16, Reduction.AREA_SCALED_JPEG)
                .needed(original))
        .isEqualTo(original);
    assertThat(frame.keep(picture(480, 320)).pixels())
        .as("pixels are reduced by area")
        .isEqualTo(new Frame(Fit.PAD, WIDE, 0, Reduction.AREA).keep(picture(480, 320)).pixels());
  }

  @Test
  void paddingKeepsTheShape() {
    Frame frame = new Frame(Fit.PAD, WIDE, 0);
    assertThat(frame.kept(new ImageSize(1536, 2048))).isEqualTo(WIDE);
    assertThat(frame.kept(new ImageSize(1000, 2000))).isEqualTo(new ImageSize(32, 64));
    assertThat(frame.kept(new ImageSize(2000, 1000))).isEqualTo(new ImageSize(48, 24));
    assertThat(frame.kept(new ImageSize(24, 32))).as("smaller ones grow").isEqualTo(WIDE);
    assertThat(frame.kept(new ImageSize(3, 9000)))
        .as("at least a pixel")
        .isEqualTo(new ImageSize(1, 64));
    assertThat(frame.view(picture(32, 64), 1).size()).isEqualTo(WIDE);
    assertThat(frame.keptAlike()).isEmpty();
  }

  @Test
  void whatLiesInThePaddingIsNotFound() {
    AnomalyDetector detector = new Frame(Fit.PAD, WIDE, 0).of(FrameTest::beyond);
    List<Detection> found =
        detector.detect(List.of(picture(40, 50).toFloat(), picture(48, 20).toFloat()));
    Detection first = found.get(0);
    assertThat(first.map().size()).isEqualTo(new ImageSize(40, 50));
    assertThat(first.score()).as("not the 9 beyond").isEqualTo(4);
    assertThat(first.map().at(0, 1, 3)).as("row 1 begins after 64 pixels").isEqualTo((64 + 3) % 5);
    assertThat(first.reconstruction().orElseThrow().restored().size())
        .isEqualTo(new ImageSize(40, 50));
    assertThat(first.extra(Reconstruction.MSE).orElseThrow()).containsExactly(0);
    assertThat(found.get(1).map().size()).isEqualTo(new ImageSize(48, 20));
  }

  @Test
  void tilesAreOfTheImageAsItIs() {
    Frame frame = new Frame(Fit.TILES, ImageSize.square(256), 64);
    ImageSize large = new ImageSize(1536, 2048);
    assertThat(frame.kept(large)).isEqualTo(large);
    assertThat(frame.tiles(large)).as("11 across, 8 down").isEqualTo(88);
    assertThat(frame.tiles(new ImageSize(100, 100))).isEqualTo(1);
    assertThat(new Frame(Fit.TILES, ImageSize.square(64), 64).overlap())
        .as("at most half")
        .isEqualTo(32);
    assertThatThrownBy(() -> new Frame(Fit.TILES, ImageSize.square(16), 64))
        .hasMessageContaining("no room");
  }

  @Test
  void aSeedDrawsTheTile() {
    Frame frame = new Frame(Fit.TILES, ImageSize.square(32), 16);
    PixelImage image = picture(96, 128);
    assertThat(frame.view(image, 1).pixels()).isEqualTo(frame.view(image, 1).pixels());
    assertThat(frame.view(image, 2).pixels()).isNotEqualTo(frame.view(image, 1).pixels());
    assertThat(frame.view(picture(20, 128), 1).size())
        .as("a lower image is mirrored")
        .isEqualTo(ImageSize.square(32));
  }

  @Test
  void aDetectorOfTilesMakesOneMapOfTheWhole() {
    TileDetector brightness =
        new TileDetector() {
          @Override
          public int batchSize() {
            return 3;
          }

          @Override
          public List<FloatImage> tileMaps(List<FloatImage> tiles) {
            return tiles.stream()
                .map(
                    tile -> {
                      float[] red = new float[tile.height() * tile.width()];
                      System.arraycopy(tile.values(), 0, red, 0, red.length);
                      return new FloatImage(1, tile.height(), tile.width(), red);
                    })
                .toList();
          }

          @Override
          public FloatImage finish(FloatImage map) {
            return map;
          }

          @Override
          public List<Detection> detect(List<FloatImage> images) {
            throw new AssertionError("only tiles are asked for");
          }
        };
    AnomalyDetector detector = new Frame(Fit.TILES, ImageSize.square(32), 16).of(brightness);
    FloatImage image = picture(50, 70).toFloat();
    FloatImage other = picture(20, 90).toFloat();
    List<Detection> found = detector.detect(List.of(image, other));
    for (int p = 0; p < 50 * 70; p++) {
      assertThat(found.get(0).map().values()[p])
          .as("pixel %d: weights add up to one", p)
          .isCloseTo(image.values()[p], within(1e-6f));
    }
    assertThat(found.get(1).map().size()).isEqualTo(other.size());
    assertThat(found.get(0).extras()).isEqualTo(Map.of());
  }
}
