package org.fairspark.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataLayout;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.dataset.Split;
import org.fairspark.detect.Frame;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Reduction;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.metrics.DefectArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images turned by EXIF, and masks that do not fit. */
class DecodeTaskTest {
  private static final int SIZE = 16;

  @TempDir Path folder;

  /** Returns a gray PNG, white in its first row. */
  private static byte[] firstRowWhite(int height, int width) {
    byte[] pixels = new byte[height * width];
    Arrays.fill(pixels, 0, width, (byte) 255);
    return PngEncoder.encode(new PixelImage(1, height, width, pixels));
  }

  /** Puts an orientation into a PNG. */
  private static byte[] turned(byte[] png, int orientation) {
    byte[] chunk = new byte[12 + 26];
    byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 0};
    chunk[3] = 26;
    System.arraycopy("eXIf".getBytes(StandardCharsets.US_ASCII), 0, chunk, 4, 4);
    System.arraycopy(exif, 0, chunk, 8, exif.length);
    chunk[8 + 19] = (byte) orientation;
    CRC32 crc = new CRC32();
    crc.update(chunk, 4, 30);
    for (int i = 0; i < 4; i++) {
      chunk[34 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(png, 0, 33);
    file.writeBytes(chunk);
    file.write(png, 33, png.length - 33);
    return file.toByteArray();
  }

  private DecodeTask.Outcome decode(byte[] image, byte[]... masks) throws Exception {
    return decode(DataLayout.MVTEC, ImageEntry.Annotations.NONE, image, masks);
  }

  private DecodeTask.Outcome decode(
      DataLayout layout, ImageEntry.Annotations annotations, byte[] image, byte[]... masks)
      throws Exception {
    return decode(Reduction.BILINEAR, layout, annotations, image, masks);
  }

  private DecodeTask.Outcome decode(
      Reduction reduction,
      DataLayout layout,
      ImageEntry.Annotations annotations,
      byte[] image,
      byte[]... masks)
      throws Exception {
    String root = folder.toUri().toString().replaceAll("/$", "");
    Files.write(folder.resolve("image.png"), image);
    List<ImageEntry.MaskFile> files = new ArrayList<>();
    for (byte[] mask : masks) {
      String name = "mask%d.png".formatted(files.size());
      Files.write(folder.resolve(name), mask);
      files.add(new ImageEntry.MaskFile(root, name, mask.length, 0));
    }
    ImageEntry entry =
        new ImageEntry(
            root, "image.png", "nut", Split.TEST, "cut", image.length, 0, files, annotations);
    return new DecodeTask(
            new WholeFileReader(new Configuration()),
            DecodeLimits.DEFAULT,
            MaskCoding.of(layout),
            new Frame(Frame.Fit.STRETCH, ImageSize.square(SIZE), 0, reduction),
            Map.of())
        .decode(entry);
  }

  private static boolean isWhite(PixelImage mask, int row, int column) {
    return mask.at(row, column, 0) == 255;
  }

  /** Returns a mask of one value in its first rows. */
  private static byte[] rows(int rows, int value) {
    byte[] pixels = new byte[32 * 32];
    Arrays.fill(pixels, 0, 32 * rows, (byte) value);
    return PngEncoder.encode(new PixelImage(1, 32, 32, pixels));
  }

  @Test
  void defectsKeepTheSaturationOfTheirMasksValues() throws Exception {
    String config =
        "[{\"defect_name\": \"a\", \"pixel_value\": 254, \"saturation_threshold\": 0.7,"
            + " \"relative_saturation\": true}, {\"defect_name\": \"b\", \"pixel_value\": 255,"
            + " \"saturation_threshold\": 64, \"relative_saturation\": false}]";
    ImageEntry.Annotations annotations =
        new ImageEntry.Annotations("", "", "", new TreeMap<>(Map.of(Saturation.COLUMN, config)));
    byte[] image = firstRowWhite(32, 32);
    List<DefectArea> areas =
        decode(DataLayout.MVTEC_LOCO, annotations, image, rows(4, 254), rows(8, 255))
            .row()
            .truth()
            .areas();
    assertThat(areas).extracting(DefectArea::saturation).containsExactly(0.7, 64.0 / (8 * 32));
    assertThat(areas.get(0).mask()).hasSize(SIZE * SIZE).startsWith((byte) 255).endsWith((byte) 0);
    assertThat(areas.get(0).mask()[3 * SIZE]).as("four rows of 32 are two of 16").isZero();
    assertThat(
            decode(DataLayout.MVTEC_LOCO, annotations, image, rows(4, 254), rows(8, 3))
                .row()
                .truth()
                .areas())
        .as("of one nothing is said")
        .isEmpty();
    assertThat(decode(image, rows(4, 254)).row().truth().areas()).isEmpty();
  }

  @Test
  void masksAreComparedWithTheFilesSizeWhereAJpegIsDecodedSmaller() throws Exception {
    BufferedImage photo = new BufferedImage(300, 260, BufferedImage.TYPE_3BYTE_BGR);
    photo.getGraphics().fillRect(0, 130, 300, 130);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    assertThat(ImageIO.write(photo, "jpeg", jpeg)).as("written").isTrue();

    DecodeTask.Outcome outcome =
        decode(
            Reduction.AREA_SCALED_JPEG,
            DataLayout.MVTEC,
            ImageEntry.Annotations.NONE,
            jpeg.toByteArray(),
            firstRowWhite(260, 300));
    DecodeTask.Outcome misfit =
        decode(
            Reduction.AREA_SCALED_JPEG,
            DataLayout.MVTEC,
            ImageEntry.Annotations.NONE,
            jpeg.toByteArray(),
            firstRowWhite(33, 38));

    assertThat(outcome.bad()).as("fault").isNull();
    assertThat(outcome.facts().notes()).as("notes").isEmpty();
    assertThat(outcome.row().file().height()).as("rows of the file").isEqualTo(260);
    assertThat(outcome.row().truth().mask().size()).isEqualTo(ImageSize.square(SIZE));
    assertThat(outcome.row().pixels().at(2, 3, 0)).as("upper half").isLessThan(3);
    assertThat(outcome.row().pixels().at(13, 3, 0)).as("lower half").isGreaterThan(252);
    assertThat(misfit.bad().message())
        .isEqualTo("the mask has 38 x 33 pixels, its image 300 x 260");
  }

  @Test
  void aMaskAsTheUprightImageStaysAsItIs() throws Exception {
    // Stored with 32 rows of 16; orientation 6 makes 16 rows of 32.
    DecodeTask.Outcome outcome = decode(turned(firstRowWhite(32, 16), 6), firstRowWhite(16, 32));

    PixelImage mask = outcome.row().truth().mask();
    assertThat(outcome.row().file().width()).as("columns").isEqualTo(32);
    assertThat(isWhite(mask, 0, 3)).as("the mask's first row").isTrue();
    assertThat(isWhite(mask, 9, 15)).as("its last column").isFalse();
    assertThat(outcome.facts().notes())
        .containsExactly(DataNote.TURNED, DataNote.TURNED_BESIDE_MASK);
  }

  @Test
  void aMaskAsTheStoredImageIsTurnedWithIt() throws Exception {
    DecodeTask.Outcome outcome = decode(turned(firstRowWhite(32, 16), 6), firstRowWhite(32, 16));

    PixelImage mask = outcome.row().truth().mask();
    assertThat(mask.at(9, 15, 0)).as("its first row is the last column").isGreaterThan(100);
    assertThat(isWhite(mask, 0, 3)).as("and not the first row").isFalse();
    assertThat(outcome.facts().notes()).containsExactly(DataNote.TURNED, DataNote.MASK_TURNED);
  }

  @Test
  void aMaskOfAnotherSizeByAPixelOrTwoIsResized() throws Exception {
    DecodeTask.Outcome outcome = decode(firstRowWhite(16, 16), firstRowWhite(17, 14));

    assertThat(isWhite(outcome.row().truth().mask(), 0, 8)).as("first row").isTrue();
    assertThat(outcome.facts().notes()).containsExactly(DataNote.MASK_RESIZED);
    assertThat(outcome.bad()).as("fault").isNull();
  }

  @Test
  void oneMaskOfSeveralThatCannotBeUsedTakesTheOthersAway() throws Exception {
    DecodeTask.Outcome outcome =
        decode(firstRowWhite(16, 16), firstRowWhite(16, 16), firstRowWhite(20, 16));

    assertThat(outcome.row().truth().mask()).as("mask").isNull();
    assertThat(outcome.row().file().height()).as("the image is used").isEqualTo(16);
    assertThat(outcome.facts().notes()).containsExactly(DataNote.MASK_LEFT_OUT);
    assertThat(outcome.bad().reason()).as("reason").isEqualTo(Reason.MASK_SIZE);
    assertThat(outcome.bad().path()).as("file at fault").endsWith("mask1.png");
  }
}
