package org.fairspark.notebook;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures in rows, each with a caption above it.
 *
 * <p>The lowest bits of what a camera sees are noise, which no PNG makes smaller: a sheet has 64
 * levels of each colour, so that a notebook with a dozen of them stays below a megabyte.
 */
public final class Sheet {
  private static final int GAP = 10;
  private static final int CAPTION = 18;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private record Picture(String caption, BufferedImage image) {}

  private final int columns;
  private final int side;
  private final List<Picture> pictures = new ArrayList<>();

  /**
   * Makes an empty sheet.
   *
   * @param columns pictures per row, at least 1
   * @param side width and height of the square that each picture is fitted into, in pixels
   */
  public Sheet(int columns, int side) {
    if (columns < 1 || side < 16) {
      throw new IllegalArgumentException(
          "a sheet needs a column and 16 pixels per picture, got %d and %d"
              .formatted(columns, side));
    }
    this.columns = columns;
    this.side = side;
  }

  /** Adds a picture, row by row. A caption that is too wide is cut. */
  public Sheet add(String caption, BufferedImage image) {
    pictures.add(new Picture(caption, image));
    return this;
  }

  /** Returns the whole sheet; white where no picture is. */
  public BufferedImage image() {
    int rows = Math.max(1, (pictures.size() + columns - 1) / columns);
    int used = Math.max(1, Math.min(columns, pictures.size()));
    BufferedImage sheet =
        new BufferedImage(
            used * (side + GAP) - GAP,
            rows * (side + CAPTION + GAP) - GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      g.setFont(FONT);
      g.setColor(Color.BLACK);
      for (int i = 0; i < pictures.size(); i++) {
        draw(g, pictures.get(i), i % columns * (side + GAP), i / columns * (side + CAPTION + GAP));
      }
    } finally {
      g.dispose();
    }
    return lean(sheet);
  }

  private static BufferedImage lean(BufferedImage sheet) {
    int[] pixels =
        sheet.getRGB(0, 0, sheet.getWidth(), sheet.getHeight(), null, 0, sheet.getWidth());
    boolean gray = true;
    for (int i = 0; i < pixels.length; i++) {
      int top = pixels[i] & 0xFCFCFC;
      // 252 is white again: the levels are spread over the whole range.
      pixels[i] = top | ((top >> 6) & 0x030303);
      int red = pixels[i] >> 16;
      gray &= red == (pixels[i] >> 8 & 0xFF) && red == (pixels[i] & 0xFF);
    }
    if (!gray) {
      sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), pixels, 0, sheet.getWidth());
      return sheet;
    }
    BufferedImage small =
        new BufferedImage(sheet.getWidth(), sheet.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xFF;
    }
    small.getRaster().setPixels(0, 0, sheet.getWidth(), sheet.getHeight(), pixels);
    return small;
  }

  private void draw(Graphics2D g, Picture picture, int x, int y) {
    FontMetrics metrics = g.getFontMetrics();
    String caption = picture.caption;
    while (metrics.stringWidth(caption) > side && caption.length() > 2) {
      caption = caption.substring(0, caption.length() - 2) + "…";
    }
    g.drawString(caption, x, y + metrics.getAscent());
    int longest = Math.max(picture.image.getWidth(), picture.image.getHeight());
    int width = Math.max(1, picture.image.getWidth() * side / longest);
    int height = Math.max(1, picture.image.getHeight() * side / longest);
    g.drawImage(picture.image, x, y + CAPTION, width, height, null);
  }
}
