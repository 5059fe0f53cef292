package org.fairspark.corruption;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * A change of an image that is no defect, of a stated severity: what a line may do to its pictures
 * after the model was trained. Written {@code KIND-SEVERITY}, as {@code blur-3}.
 *
 * @param kind of the change
 * @param severity 1 (hardly seen) to 5 (strong)
 */
public record StatedChange(Kind kind, int severity) implements Serializable {
  private static final int SEVERITIES = 5;

  /** The side that blur is stated for. */
  private static final double SIDE = 256;

  /** A kind of change, and its amount at the severities 1 to 5. */
  public enum Kind {
    /** Brightness, as a factor. */
    DARKER(0.9, 0.8, 0.7, 0.6, 0.5),
    /** Brightness, as a factor. */
    BRIGHTER(1.1, 1.2, 1.3, 1.4, 1.5),
    /** Contrast about mid gray, as a factor. */
    CONTRAST(0.9, 0.8, 0.7, 0.55, 0.4),
    /** Exponent of the gray values in [0,1]. */
    GAMMA(1.1, 1.25, 1.5, 1.75, 2),
    /** Red up and blue down by this share: another colour of the light. */
    WHITE_BALANCE(0.03, 0.06, 0.1, 0.15, 0.25),
    /** Deviation of a Gaussian in pixels, of an image of 256. */
    BLUR(0.5, 1, 1.5, 2, 3),
    /** Deviation of Gaussian noise in gray levels of 255. */
    NOISE(2, 4, 8, 12, 20),
    /** JPEG's quality in percent, as the JDK writes it. */
    JPEG(90, 75, 50, 30, 15),
    /** Shift down and to the right, as a share of a side. */
    SHIFT(0.005, 0.01, 0.02, 0.03, 0.05);

    private final double[] amounts;

    Kind(double... amounts) {
      this.amounts = amounts;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * @throws IllegalArgumentException if the severity is out of range
   */
  public StatedChange {
    if (severity < 1 || severity > SEVERITIES) {
      throw new IllegalArgumentException("a severity is 1 to 5, got " + severity);
    }
  }

  /**
   * Reads a change.
   *
   * @throws IllegalArgumentException if there is none of this word
   */
  public static StatedChange of(String word) {
    for (Kind kind : Kind.values()) {
      for (int severity = 1; severity <= SEVERITIES; severity++) {
        if (word.equals(kind.word() + "-" + severity)) {
          return new StatedChange(kind, severity);
        }
      }
    }
    throw new IllegalArgumentException(
        "a change is one of %s with a severity, as blur-3, got %s".formatted(kinds(), word));
  }

  /** Returns the words of all kinds. */
  public static String kinds() {
    return Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
  }

  /** Returns the change as it is written. */
  public String word() {
    return kind.word() + "-" + severity;
  }

  /**
   * Returns whether it is certain to leave every image of a size as it is: a blur whose deviation
   * is so small a part of a pixel that the neighbours' weights round to nothing. A blur is stated
   * for 256 pixels, and shrinks with the image as what it blurs does.
   *
   * @param height of the image in pixels
   * @param width of the image in pixels
   */
  public boolean isIdleAt(int height, int width) {
    if (kind != Kind.BLUR) {
      return false;
    }
    double deviation = blurDeviation(height, width);
    // Two neighbours along each of both directions, each at most 255 away.
    return 4 * 255 * Math.exp(-1 / (2 * deviation * deviation)) < 0.5;
  }

  private double blurDeviation(int height, int width) {
    return kind.amounts[severity - 1] * Math.min(height, width) / SIDE;
  }

  /**
   * Changes an image.
   *
   * @param image {@code uint8[H][W][3]}; not changed
   * @param seed of the run
   * @param id the image's, which with the seed decides the noise
   */
  public PixelImage apply(PixelImage image, long seed, String id) {
    double amount = kind.amounts[severity - 1];
    return switch (kind) {
      case DARKER, BRIGHTER -> new LineVariation(1, 1, amount, 0, 0, 0).apply(image);
      case CONTRAST -> new LineVariation(1, amount, 1, 0, 0, 0).apply(image);
      case GAMMA -> new LineVariation(amount, 1, 1, 0, 0, 0).apply(image);
      case SHIFT -> new LineVariation(1, 1, 1, 0, amount, amount).apply(image);
      case WHITE_BALANCE -> scaled(image, 1 + amount, 1, 1 - amount);
      case BLUR -> blurred(image, blurDeviation(image.height(), image.width()));
      case NOISE -> noisy(image, amount, SeededRandom.of(seed, "change/" + word() + "/" + id, 0));
      case JPEG -> compressed(image, (float) (amount / 100));
    };
  }

  private static PixelImage scaled(PixelImage image, double... factors) {
    byte[] values = image.pixels().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = clipped((values[i] & 0xFF) * factors[i % 3]);
    }
    return new PixelImage(3, image.height(), image.width(), values);
  }

  private static PixelImage noisy(PixelImage image, double deviation, SeededRandom random) {
    byte[] values = image.pixels().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = clipped((values[i] & 0xFF) + deviation * random.nextGaussian());
    }
    return new PixelImage(3, image.height(), image.width(), values);
  }

  private static byte clipped(double value) {
    return (byte) Math.round(Math.max(0, Math.min(255, value)));
  }

  /** Blurs along rows, then along columns; the border is repeated. */
  private static PixelImage blurred(PixelImage image, double deviation) {
    int reach = (int) Math.ceil(3 * deviation);
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      weights[i + reach] = StrictMath.exp(-i * i / (2 * deviation * deviation));
      sum += weights[i + reach];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    int height = image.height();
    int width = image.width();
    double[] rows = new double[height * width * 3];
    byte[] values = new byte[rows.length];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        for (int k = -reach; k <= reach; k++) {
          int from = (r * width + Math.max(0, Math.min(width - 1, c + k))) * 3;
          for (int channel = 0; channel < 3; channel++) {
            rows[(r * width + c) * 3 + channel] +=
                weights[k + reach] * (image.pixels()[from + channel] & 0xFF);
          }
        }
      }
    }
    for (int r = 0; r < height; r++) {
      for (int i = 0; i < width * 3; i++) {
        double value = 0;
        for (int k = -reach; k <= reach; k++) {
          value +=
              weights[k + reach] * rows[Math.max(0, Math.min(height - 1, r + k)) * width * 3 + i];
        }
        values[r * width * 3 + i] = clipped(value);
      }
    }
    return new PixelImage(3, height, width, values);
  }

  private static PixelImage compressed(PixelImage image, float quality) {
    int height = image.height();
    int width = image.width();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    swapped(image.pixels(), ((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(file)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    try {
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
      BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      plain.getGraphics().drawImage(read, 0, 0, null);
      byte[] values = new byte[image.pixels().length];
      swapped(((DataBufferByte) plain.getRaster().getDataBuffer()).getData(), values);
      return new PixelImage(3, height, width, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies pixels with red and blue swapped. */
  private static void swapped(byte[] from, byte[] to) {
    for (int i = 0; i < from.length; i += 3) {
      to[i] = from[i + 2];
      to[i + 1] = from[i + 1];
      to[i + 2] = from[i];
    }
  }
}
