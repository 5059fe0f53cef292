package org.fairspark.image.codec;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.fairspark.image.ImageCells;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;

/**
 * JPEG: baseline, extended and progressive Huffman coding with 8-bit samples, in gray, YCbCr, RGB,
 * CMYK and YCCK.
 *
 * <p>The JDK's libjpeg is given the compressed data and nothing else of the file: colour profiles
 * are not applied, as in OpenCV. CMYK is taken for Adobe's inverted CMYK, as OpenCV takes it.
 */
final class JpegCodec implements ImageCodec {
  /** Made by the first decoding: asking for suffixes loads no {@code javax.imageio}. */
  private static final class Holder {
    static final ImageReaderSpi READER =
        ImageReaders.jdk("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
    static final ColorModel RGB =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
  }

  private static final Pattern EXTRANEOUS =
      Pattern.compile("(\\d{1,9}) extraneous bytes before marker 0xd9");

  /** The most bytes before the end marker that need not be equal. */
  private static final int MAX_STRAY_BYTES = 32;

  private static final int ONE_HALF = 1 << 15;
  private static final int CR_TO_RED = 91881;
  private static final int CB_TO_GREEN = 22554;
  private static final int CR_TO_GREEN = 46802;
  private static final int CB_TO_BLUE = 116130;

  @Override
  public String name() {
    return "JPEG";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of("jpg", "jpeg", "jpe", "jfif");
  }

  @Override
  public List<Signature> signatures() {
    return List.of(new Signature("\u00ff\u00d8\u00ff"));
  }

  @Override
  public DecodedImage decode(byte[] file, Decoding how) throws UndecodableImageException {
    JpegHeader header = JpegHeader.read(file);
    how.limits().check(header.width(), header.height());
    ImageSize upright =
        Orientation.apply(new ImageSize(header.height(), header.width()), header.orientation());
    ImageSize cell = how.cell(upright, header.orientation() != Orientation.NORMAL);
    Optional<ImageCells> cells =
        JpegCellDecoder.decode(header, Orientation.apply(cell, header.orientation()));
    if (cells.isPresent()) {
      return DecodedImage.of(cells.get()).upright(header.orientation()).asLossy();
    }
    boolean mask = how.mask();
    boolean luma = mask && header.coding() == JpegHeader.Coding.YCBCR;
    boolean halfHeight =
        header.halfHeightColors() && header.coding() == JpegHeader.Coding.YCBCR && !mask;
    byte[] samples = samples(header, luma || halfHeight);
    if (halfHeight) {
      addColors(samples, header);
    }
    toRgb(samples, header.coding());
    int components = header.components();
    int plane = header.height() * header.width();
    byte[] pixels = samples;
    if (mask && components > 1) {
      pixels = new byte[plane];
      for (int p = 0, i = 0; p < plane; p++, i += components) {
        pixels[p] =
            luma
                ? samples[i]
                : MaskValue.ofRgb(samples[i] & 0xFF, samples[i + 1] & 0xFF, samples[i + 2] & 0xFF);
      }
    } else if (!mask && components != 3) {
      pixels = new byte[3 * plane];
      int second = components == 1 ? 0 : 1;
      int third = components == 1 ? 0 : 2;
      for (int p = 0, i = 0; p < plane; p++, i += components) {
        pixels[3 * p] = samples[i];
        pixels[3 * p + 1] = samples[i + second];
        pixels[3 * p + 2] = samples[i + third];
      }
    }
    PixelImage stored = new PixelImage(mask ? 1 : 3, header.height(), header.width(), pixels);
    return DecodedImage.of(stored).upright(header.orientation()).asLossy();
  }

  /**
   * Returns the components at full resolution, {@code uint8[height][width][components]}: RGB for
   * YCbCr unless {@code raw}, and the stored components for all other codings.
   */
  private static byte[] samples(JpegHeader header, boolean raw) throws UndecodableImageException {
    List<String> warnings = new ArrayList<>();
    Raster raster = raster(header, header.bareFile(), raw, warnings);
    if (warnings.stream().anyMatch(w -> isEndPadding(w, header.padding()))) {
      // The picture is whole if it needs none of the padding: zeros may stand for lost data.
      warnings.clear();
      raster = raster(header, header.withoutPadding(), raw, warnings);
    }
    // libjpeg goes on after broken data with whatever it has.
    for (String warning : warnings) {
      if (!isEndPadding(warning, MAX_STRAY_BYTES)) {
        throw UndecodableImageException.corrupt("the JPEG data are broken: " + warning);
      }
    }
    return interleaved(raster, header.components());
  }

  private static Raster raster(JpegHeader header, byte[] file, boolean raw, List<String> warnings)
      throws UndecodableImageException {
    ImageReader reader = ImageReaders.create(Holder.READER);
    try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(input, true, true);
      return header.coding() == JpegHeader.Coding.YCBCR && !raw
          ? readRgb(reader, header)
          : reader.readRaster(0, null);
    } catch (IOException | RuntimeException e) {
      throw UndecodableImageException.corrupt(
          "the JPEG data are broken: " + UndecodableImageException.why(e), e);
    } finally {
      reader.dispose();
    }
  }

  /**
   * Returns whether a warning is about some bytes left over between the picture and the file's end
   * marker, as encoders in hardware leave them. Before any other marker they are data that the
   * decoder could not use, because a restart marker is lost.
   */
  private static boolean isEndPadding(String warning, int most) {
    Matcher matcher = EXTRANEOUS.matcher(warning);
    return matcher.find() && Long.parseLong(matcher.group(1)) <= most;
  }

  /** Lets libjpeg convert YCbCr to RGB, directly into an array in RGB order. */
  private static Raster readRgb(ImageReader reader, JpegHeader header) throws IOException {
    int width = header.width();
    WritableRaster rgb =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, width, header.height(), 3 * width, 3, new int[] {0, 1, 2}, null);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(new BufferedImage(Holder.RGB, rgb, false, null));
    reader.read(0, param);
    return rgb;
  }

  /** Returns the raster's samples, {@code uint8[H][W][components]}; not a copy where possible. */
  private static byte[] interleaved(Raster raster, int components) {
    int size = raster.getHeight() * raster.getWidth() * components;
    if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && model.getPixelStride() == components
        && model.getBandOffsets()[components - 1] == components - 1
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getData().length == size) {
      return buffer.getData();
    }
    int[] wide = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
    byte[] narrow = new byte[size];
    for (int i = 0; i < size; i++) {
      narrow[i] = (byte) wide[i];
    }
    return narrow;
  }

  /** Makes RGB of the luma among the samples and of colour components decoded by themselves. */
  private static void addColors(byte[] samples, JpegHeader header)
      throws UndecodableImageException {
    byte[] blue = component(header, 1);
    byte[] red = component(header, 2);
    for (int p = 0, i = 0; i < samples.length; p++, i += 3) {
      toRgb(samples, i, samples[i] & 0xFF, (blue[p] & 0xFF) - 128, (red[p] & 0xFF) - 128);
    }
  }

  private static byte[] component(JpegHeader header, int number) throws UndecodableImageException {
    int rows = (header.height() + 1) / 2;
    try {
      byte[] gray = JpegComponent.extract(header.bareFile(), number, rows);
      JpegHeader alone = JpegHeader.read(gray);
      return HalfHeightColors.stretched(samples(alone, false), header.height(), header.width());
    } catch (IndexOutOfBoundsException e) {
      throw UndecodableImageException.corrupt(
          "the JPEG's coded colours are broken: " + UndecodableImageException.why(e), e);
    }
  }

  /** Converts a pixel of YCbCr as libjpeg does, in 16-bit fixed point. */
  static void toRgb(byte[] to, int at, int y, int cb, int cr) {
    to[at] = clip(y + ((CR_TO_RED * cr + ONE_HALF) >> 16));
    to[at + 1] = clip(y + ((ONE_HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr) >> 16));
    to[at + 2] = clip(y + ((CB_TO_BLUE * cb + ONE_HALF) >> 16));
  }

  /** Converts in place; the first three samples of each pixel become red, green and blue. */
  private static void toRgb(byte[] samples, JpegHeader.Coding coding) {
    switch (coding) {
      case GRAY, RGB, YCBCR -> {}
      case YCCK -> {
        fromYcck(samples);
        fromCmyk(samples);
      }
      case CMYK -> fromCmyk(samples);
    }
  }

  /** Converts YCCK to CMYK as libjpeg does, in 16-bit fixed point. */
  private static void fromYcck(byte[] samples) {
    for (int i = 0; i < samples.length; i += 4) {
      int y = samples[i] & 0xFF;
      int cb = (samples[i + 1] & 0xFF) - 128;
      int cr = (samples[i + 2] & 0xFF) - 128;
      samples[i] = clip(255 - (y + ((CR_TO_RED * cr + ONE_HALF) >> 16)));
      samples[i + 1] = clip(255 - (y + ((ONE_HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr) >> 16)));
      samples[i + 2] = clip(255 - (y + ((CB_TO_BLUE * cb + ONE_HALF) >> 16)));
    }
  }

  private static byte clip(int v) {
    return (byte) Math.max(0, Math.min(255, v));
  }

  /** Converts inverted CMYK to RGB by OpenCV's formula. */
  private static void fromCmyk(byte[] samples) {
    for (int i = 0; i < samples.length; i += 4) {
      int black = samples[i + 3] & 0xFF;
      for (int c = 0; c < 3; c++) {
        samples[i + c] = (byte) (black - (((255 - (samples[i + c] & 0xFF)) * black) >> 8));
      }
    }
  }
}
