package org.fairspark.image.codec;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The {@code javax.imageio} readers that are used, each a new one for one image.
 *
 * <p>They are not looked up by format. The registry is filled through the class loader of whatever
 * thread asks first, which in a Spark executor need not see this application's jar, and it is not
 * safe to search while another thread adds to it. The JDK's own readers are always in it, and are
 * taken out once; the TIFF reader is made directly.
 */
final class ImageReaders {
  private static final ImageReaderSpi JPEG = jdk("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
  private static final ImageReaderSpi BMP = jdk("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");
  private static final ImageReaderSpi TIFF = new TIFFImageReaderSpi();

  private ImageReaders() {}

  static ImageReader jpeg() {
    return create(JPEG);
  }

  static ImageReader bmp() {
    return create(BMP);
  }

  static ImageReader tiff() {
    return create(TIFF);
  }

  private static ImageReaderSpi jdk(String name) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (all.hasNext()) {
      ImageReaderSpi provider = all.next();
      if (provider.getClass().getName().equals(name)) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java runtime has no image reader " + name);
  }

  private static ImageReader create(ImageReaderSpi provider) {
    try {
      return provider.createReaderInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
