package org.fairspark.image.codec;

import java.util.Optional;
import org.fairspark.image.ImageCells;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;

/**
 * The decoder of JPEGs to the means of their cells, for pictures that become much smaller: most
 * coefficients are passed over, and the others become one, four or sixteen means of a block instead
 * of 64 pixels. A component of which the file has half the columns or rows has twice the means of a
 * block along them, so that none has to be stretched.
 *
 * <p>Decodes one scan of gray or YCbCr, sequential, with its usual sampling. It gives up on
 * everything else, and on all that is irregular in the coded data: whether that is damage is for
 * the decoder of pixels to say.
 */
final class JpegCellDecoder {
  private JpegCellDecoder() {}

  /**
   * Decodes a file.
   *
   * @param cell size of the cells in pixels: sides of 1, 2, 4 or 8
   * @return {@code uint8[ceil(H / h)][ceil(W / w)][3]} means, RGB, as the file has them stored;
   *     empty for cells of one pixel, and where it gave up
   */
  static Optional<ImageCells> decode(JpegHeader header, ImageSize cell) {
    boolean colors = header.coding() == JpegHeader.Coding.YCBCR;
    if (cell.pixels() == 1 || !(colors || header.coding() == JpegHeader.Coding.GRAY)) {
      return Optional.empty();
    }
    return JpegScan.read(header.bareFile()).flatMap(scan -> decode(scan, cell));
  }

  private static Optional<ImageCells> decode(JpegScan scan, ImageSize cell) {
    JpegPlane[] planes = scan.planes(8 / cell.width(), 8 / cell.height());
    Optional<JpegCoefficients> open = scan.coefficients();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    JpegCoefficients coefficients = open.get();
    ImageSize cells = ImageCells.of(scan.size(), cell);
    int width = cells.width();
    int height = cells.height();
    byte[] rgb = new byte[3 * width * height];
    int top = 0;
    int sinceRestart = 0;
    for (int row = 0; row < scan.unitRows(); row++) {
      for (int unit = 0; unit < scan.unitsInRow(); unit++) {
        if (sinceRestart == scan.restartInterval()) {
          if (!coefficients.endInterval()) {
            return Optional.empty();
          }
          for (JpegPlane plane : planes) {
            plane.restart();
          }
          sinceRestart = 0;
        }
        for (JpegPlane plane : planes) {
          if (!plane.readUnit(coefficients, unit)) {
            return Optional.empty();
          }
        }
        sinceRestart++;
      }
      int rows = Math.min(planes[0].strip().length / planes[0].width(), height - top);
      convert(planes, rows, width, rgb, 3 * top * width);
      top += rows;
    }
    return coefficients.endInterval()
        ? Optional.of(new ImageCells(new PixelImage(3, height, width, rgb), scan.size(), cell))
        : Optional.empty();
  }

  /** Makes RGB of a strip. */
  private static void convert(JpegPlane[] planes, int rows, int width, byte[] rgb, int to) {
    byte[] y = planes[0].strip();
    boolean gray = planes.length == 1;
    byte[] cb = gray ? y : planes[1].strip();
    byte[] cr = gray ? y : planes[2].strip();
    int out = to;
    for (int row = 0; row < rows; row++) {
      int in = row * planes[0].width();
      for (int end = in + width; in < end; in++, out += 3) {
        int blue = gray ? 0 : (cb[in] & 0xFF) - 128;
        int red = gray ? 0 : (cr[in] & 0xFF) - 128;
        JpegCodec.toRgb(rgb, out, y[in] & 0xFF, blue, red);
      }
    }
  }
}
