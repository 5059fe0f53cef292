package org.fairspark.image.codec;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * Reading by {@code javax.imageio}, with a new reader for each image.
 *
 * <p>Readers are not looked up by format. The registry is filled through the class loader of the
 * thread that asks first, which in a Spark executor need not see this application's jar, and it is
 * not safe to search while another thread adds to it. The JDK's own readers are always in it, and
 * are taken out once by class name; others are instantiated directly.
 */
final class ImageReaders {
  private ImageReaders() {}

  /** Returns the provider of one of the JDK's own readers, by its class name. */
  static ImageReaderSpi jdk(String className) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (all.hasNext()) {
      ImageReaderSpi provider = all.next();
      if (provider.getClass().getName().equals(className)) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java runtime has no image reader " + className);
  }

  /** Creates a reader; the caller disposes of it. */
  static ImageReader create(ImageReaderSpi provider) {
    try {
      return provider.createReaderInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads an image of a file.
   *
   * @param format the format's name, for messages
   * @param page the image's number in the file, from 0
   * @param broken recognizes warnings of the reader that the data are broken
   */
  static BufferedImage read(
      ImageReaderSpi provider, String format, byte[] file, int page, Predicate<String> broken)
      throws UndecodableImageException {
    ImageReader reader = create(provider);
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(input, true, true);
      BufferedImage image = reader.read(page);
      for (String warning : warnings) {
        if (broken.test(warning)) {
          throw UndecodableImageException.corrupt(
              "the %s data are broken: %s".formatted(format, warning));
        }
      }
      return image;
    } catch (EOFException e) {
      throw new UndecodableImageException(
          UndecodableImageException.Reason.TRUNCATED,
          "the %s data end before its pixels do".formatted(format),
          e);
    } catch (IOException | RuntimeException e) {
      // The bytes are in memory, so that only they can be the cause.
      throw UndecodableImageException.corrupt(
          "the %s data are broken: %s".formatted(format, UndecodableImageException.why(e)), e);
    } finally {
      reader.dispose();
    }
  }
}
