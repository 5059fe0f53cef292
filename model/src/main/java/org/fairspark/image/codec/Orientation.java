package org.fairspark.image.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fairspark.image.ImageCells;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;

/**
 * The EXIF orientation tag (TIFF tag 274): the rotation and reflection that turns the stored rows
 * and columns upright.
 */
final class Orientation {
  static final int NORMAL = 1;
  private static final int TAG = 274;
  private static final int SHORT = 3;

  private Orientation() {}

  /**
   * Reads the tag from a TIFF structure, as EXIF blocks are.
   *
   * @param exif starts at the byte order mark
   * @return 1 to 8; 1 if the tag is absent or out of range
   */
  static int read(ByteBuffer exif) {
    try {
      ByteBuffer tiff = exif.slice();
      tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      if (tiff.getShort(2) != 42) {
        return NORMAL;
      }
      tiff.position(tiff.getInt(4));
      for (int entries = tiff.getShort() & 0xFFFF; entries > 0; entries--) {
        int tag = tiff.getShort() & 0xFFFF;
        int type = tiff.getShort();
        tiff.getInt();
        int value = tiff.getInt(tiff.position());
        if (tag == TAG) {
          int orientation = type == SHORT ? tiff.getShort(tiff.position()) : value;
          return orientation >= 1 && orientation <= 8 ? orientation : NORMAL;
        }
        tiff.position(tiff.position() + 4);
      }
      return NORMAL;
    } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
      // A broken EXIF block does not make the pixels unreadable.
      return NORMAL;
    }
  }

  /** Returns the size of an image turned upright, or as stored for an upright one's. */
  static ImageSize apply(ImageSize stored, int orientation) {
    return orientation >= 5 ? new ImageSize(stored.width(), stored.height()) : stored;
  }

  /** Returns the image turned upright; the image itself if it is. */
  static ImageCells apply(ImageCells stored, int orientation) {
    return orientation == NORMAL
        ? stored
        : new ImageCells(
            apply(stored.means(), orientation),
            apply(stored.size(), orientation),
            apply(stored.cell(), orientation));
  }

  /** Returns the image turned upright; the image itself if it is. */
  static PixelImage apply(PixelImage stored, int orientation) {
    if (orientation == NORMAL) {
      return stored;
    }
    int channels = stored.channels();
    int rows = stored.height();
    int columns = stored.width();
    boolean transposed = orientation >= 5;
    int height = transposed ? columns : rows;
    int width = transposed ? rows : columns;
    boolean rowsFlipped =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    boolean columnsFlipped =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    byte[] from = stored.pixels();
    byte[] to = new byte[from.length];
    for (int y = 0, out = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = transposed ? x : y;
        int column = transposed ? y : x;
        row = rowsFlipped ? rows - 1 - row : row;
        column = columnsFlipped ? columns - 1 - column : column;
        int in = (row * columns + column) * channels;
        for (int c = 0; c < channels; c++) {
          to[out++] = from[in++];
        }
      }
    }
    return new PixelImage(channels, height, width, to);
  }
}
