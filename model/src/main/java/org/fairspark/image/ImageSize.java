package org.fairspark.image;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of an image in pixels. Written as people and screens write it, width first: {@code 512 x
 * 384}, or one number for a square.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageSize(int height, int width) implements Serializable {
  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,9})(?:\\s*[xX×]\\s*([0-9]{1,9}))?");

  /**
   * @throws IllegalArgumentException if a side is below 1
   */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image has at least one pixel, got %d x %d".formatted(width, height));
    }
  }

  /** Returns the size of a square. */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is neither a whole number nor two with an x between
   */
  public static ImageSize parse(String text) {
    Matcher found = WRITTEN.matcher(text.strip());
    if (!found.matches()) {
      throw new IllegalArgumentException("%s is no size such as 256 or 512 x 384".formatted(text));
    }
    int width = Integer.parseInt(found.group(1));
    int height = found.group(2) == null ? width : Integer.parseInt(found.group(2));
    return new ImageSize(height, width);
  }

  /** Returns the number of pixels. */
  public long pixels() {
    return (long) height * width;
  }

  /** Returns whether height and width are the same. */
  public boolean isSquare() {
    return height == width;
  }

  /** Returns the longer of both sides. */
  public int longer() {
    return Math.max(height, width);
  }

  /** Returns the shorter of both sides. */
  public int shorter() {
    return Math.min(height, width);
  }

  /** Returns width and height, also of a square. */
  public String both() {
    return width + " x " + height;
  }

  /** Returns what JSON holds of it: a number for a square, otherwise the text. */
  public Object plain() {
    return isSquare() ? (Object) width : both();
  }

  @Override
  public String toString() {
    return isSquare() ? String.valueOf(width) : both();
  }
}
