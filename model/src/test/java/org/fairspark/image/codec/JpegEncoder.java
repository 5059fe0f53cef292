package org.fairspark.image.codec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.fairspark.image.PixelImage;

/**
 * An encoder of JPEGs as cameras write them, for tests and benchmarks: the JDK's.
 *
 * @param quality 0 to 100
 * @param across columns of luma for one of colour: 1 or 2
 * @param down rows of luma for one of colour: 1 or 2
 * @param restartInterval units between two restart markers; 0 for none
 * @param progressive whether in several scans
 */
public record JpegEncoder(
    int quality, int across, int down, int restartInterval, boolean progressive) {
  private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

  /** Makes an encoder of sequential files without restart markers. */
  public JpegEncoder(int quality, int across, int down) {
    this(quality, across, down, 0, false);
  }

  /**
   * Encodes an image.
   *
   * @param image {@code uint8[H][W][3]}, or {@code uint8[H][W][1]} for a gray file
   */
  public byte[] encode(PixelImage image) {
    boolean gray = image.channels() == 1;
    BufferedImage pixels =
        new BufferedImage(
            image.width(),
            image.height(),
            gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (gray) {
          pixels.getRaster().setSample(x, y, 0, image.at(y, x, 0));
        } else {
          int red = image.at(y, x, 0);
          pixels.setRGB(x, y, red << 16 | image.at(y, x, 1) << 8 | image.at(y, x, 2));
        }
      }
    }
    return write(pixels, gray);
  }

  private byte[] write(BufferedImage pixels, boolean gray) {
    ImageWriter writer = Fixtures.jdkWriter("jpeg");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality / 100f);
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(pixels), param);
      IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
      if (!gray) {
        IIOMetadataNode luma = (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
        luma.setAttribute("HsamplingFactor", String.valueOf(across));
        luma.setAttribute("VsamplingFactor", String.valueOf(down));
      }
      if (restartInterval > 0) {
        IIOMetadataNode dri = new IIOMetadataNode("dri");
        dri.setAttribute("interval", String.valueOf(restartInterval));
        root.getElementsByTagName("markerSequence").item(0).appendChild(dri);
      }
      metadata.setFromTree(FORMAT, root);
      writer.setOutput(out);
      writer.write(null, new IIOImage(pixels, null, metadata), param);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }
}
