package org.fairspark.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A step of shrinking that makes pictures small enough for a page to stay within its size: as they
 * are if they fit, else as JPEG of falling size and quality.
 *
 * @param side longest side in pixels; 0 leaves pictures as they are
 * @param quality JPEG quality, 0..1
 */
record Thumbnails(int side, float quality) {
  static final Thumbnails UNCHANGED = new Thumbnails(0, 1);

  private static final List<Thumbnails> STEPS =
      List.of(
          new Thumbnails(320, 0.88f),
          new Thumbnails(256, 0.84f),
          new Thumbnails(192, 0.80f),
          new Thumbnails(160, 0.75f),
          new Thumbnails(128, 0.70f));

  /** The size of a sample that tells how small the pictures of a step become. */
  private static final int PROBES = 48;

  /** The smallest pictures in which defects can still be seen. */
  static final Thumbnails SMALLEST = STEPS.get(STEPS.size() - 1);

  /**
   * Returns the best step at which the pictures take about {@code budget} bytes or less, if any
   * does.
   */
  static Optional<Thumbnails> fitting(List<byte[]> pictures, long budget) {
    if (pictures.stream().mapToLong(p -> p.length).sum() <= budget) {
      return Optional.of(UNCHANGED);
    }
    int stride = Math.max(1, pictures.size() / PROBES);
    List<byte[]> probes =
        IntStream.iterate(0, i -> i < pictures.size(), i -> i + stride)
            .mapToObj(pictures::get)
            .toList();
    return STEPS.stream().filter(s -> s.mean(probes) * pictures.size() <= budget).findFirst();
  }

  private double mean(List<byte[]> pictures) {
    return pictures.parallelStream().mapToInt(p -> shrink(p).length).average().orElse(0);
  }

  /** Encodes a picture at this step; one that is smaller already is kept. */
  byte[] shrink(byte[] picture) {
    if (side == 0) {
      return picture;
    }
    try {
      BufferedImage image =
          ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(picture)));
      if (image == null) {
        throw new IllegalArgumentException(
            "a gallery picture of %d bytes is neither PNG nor JPEG".formatted(picture.length));
      }
      byte[] small = jpeg(scaled(image));
      return small.length < picture.length ? small : picture;
    } catch (IOException e) {
      throw new UncheckedIOException("a gallery picture cannot be scaled", e);
    }
  }

  private BufferedImage scaled(BufferedImage image) {
    double factor = Math.min(1, (double) side / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = out.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return out;
  }

  private byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Returns a picture as a data URI of its own type. */
  static String uri(byte[] picture) {
    boolean png = picture.length > 1 && picture[0] == (byte) 0x89 && picture[1] == 'P';
    String type = png ? "image/png" : "image/jpeg";
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(picture);
  }
}
