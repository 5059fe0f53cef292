package org.fairspark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.UndecodableImageException;
import org.fairspark.random.SeededRandom;

/** Images and maps for benchmarks. */
public final class Images {
  private Images() {}

  /** Lists the PNG and JPEG files below a folder, sorted. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)"))
          .sorted()
          .toList();
    }
  }

  /** Reads, decodes and resizes a file. */
  public static PixelImage read(Path file, int size) throws IOException, UndecodableImageException {
    return Resize.bilinear(
        ImageDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT), size, size);
  }

  /** Returns uniform noise in [0,1). */
  static FloatImage noise(int channels, int size, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = new float[channels * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return new FloatImage(channels, size, size, values);
  }

  /** Returns the image with a little noise added, as a restoration has. */
  static FloatImage nearly(FloatImage image, long seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.05 * random.nextGaussian());
    }
    return new FloatImage(image.channels(), image.height(), image.width(), values);
  }
}
