package org.fairspark.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Reduction;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.DecodedImage;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.image.codec.JpegEncoder;
import org.fairspark.image.codec.UndecodableImageException;

/**
 * JPEGs decoded to pixels, and at the scale that is needed, each then reduced by area: the CPU time
 * that one takes of 4096 x 3000 pixels, and by how much the results differ, for pictures of folders
 * encoded at several qualities and samplings.
 */
public final class JpegComparison {
  private static final ImageSize LARGE = new ImageSize(3000, 4096);
  private static final int[][] SAMPLINGS = {{2, 2}, {2, 1}, {1, 1}};
  private static final int[] QUALITIES = {75, 90, 95};
  private static final int[] SIDES = {64, 128, 256};
  private static final int TURNS = 5;

  private JpegComparison() {}

  /** Compares, given folders of pictures. */
  public static void main(String[] folders) throws Exception {
    List<PixelImage> pictures = new ArrayList<>();
    for (String folder : folders) {
      for (Path file : Images.files(Path.of(folder))) {
        pictures.add(ImageDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT));
      }
    }
    speed("pictures side by side", mosaic(pictures));
    speed("one enlarged", Resize.bilinear(pictures.get(0), LARGE));
    differences(pictures);
  }

  /** Returns pictures side by side, as large as a camera's. */
  private static PixelImage mosaic(List<PixelImage> pictures) {
    byte[] pixels = new byte[3 * LARGE.height() * LARGE.width()];
    int picture = 0;
    for (int top = 0, next; top < LARGE.height(); top = next) {
      next = LARGE.height();
      for (int left = 0; left < LARGE.width(); ) {
        PixelImage part = pictures.get(picture++ % pictures.size());
        int columns = Math.min(part.width(), LARGE.width() - left);
        int rows = Math.min(part.height(), LARGE.height() - top);
        for (int y = 0; y < rows; y++) {
          int to = 3 * ((top + y) * LARGE.width() + left);
          System.arraycopy(part.pixels(), 3 * y * part.width(), pixels, to, 3 * columns);
        }
        left += columns;
        next = Math.min(next, top + rows);
      }
    }
    return new PixelImage(3, LARGE.height(), LARGE.width(), pixels);
  }

  private static PixelImage reduced(byte[] file, ImageSize size, UnaryOperator<ImageSize> needed)
      throws UndecodableImageException {
    DecodedImage image = ImageDecoder.read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE, needed);
    return Reduction.AREA.resize(image.cells(), size);
  }

  private static double cpuSeconds(Turns.Call call, int calls) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long began = system.getProcessCpuTime();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return (system.getProcessCpuTime() - began) / 1e9 / calls;
  }

  private static void speed(String kind, PixelImage picture) throws Exception {
    ImageSize size = ImageSize.square(256);
    for (int quality : QUALITIES) {
      for (int[] sampling : SAMPLINGS) {
        byte[] file = new JpegEncoder(quality, sampling[0], sampling[1]).encode(picture);
        Turns.Call whole = () -> reduced(file, size, UnaryOperator.identity());
        Turns.Call scaled = () -> reduced(file, size, original -> size);
        double wholeSeconds = 0;
        double scaledSeconds = 0;
        cpuSeconds(whole, 2);
        cpuSeconds(scaled, 20);
        for (int turn = 0; turn < TURNS; turn++) {
          wholeSeconds += cpuSeconds(whole, 2) / TURNS;
          scaledSeconds += cpuSeconds(scaled, 8) / TURNS;
        }
        print(
            "%s, quality %d, %s, %.1f MB: pixels %.3f CPU s, scaled %.3f CPU s, %.1f times as many",
            kind,
            quality,
            name(sampling),
            file.length / 1e6,
            wholeSeconds,
            scaledSeconds,
            wholeSeconds / scaledSeconds);
      }
    }
  }

  private static String name(int[] sampling) {
    return sampling[1] == 2 ? "4:2:0" : sampling[0] == 2 ? "4:2:2" : "4:4:4";
  }

  /** The differences of many images, in levels of 255. */
  private static final class Differences {
    private int images;
    private double largestMean;
    private long sum;
    private long count;
    private int largest;
    private final long[] by = new long[256];

    void add(PixelImage a, PixelImage b) {
      long own = 0;
      for (int i = 0; i < a.pixels().length; i++) {
        int difference = Math.abs((a.pixels()[i] & 0xFF) - (b.pixels()[i] & 0xFF));
        own += difference;
        by[difference]++;
        largest = Math.max(largest, difference);
      }
      images++;
      sum += own;
      count += a.pixels().length;
      largestMean = Math.max(largestMean, (double) own / a.pixels().length);
    }

    /** Returns the difference that all but a share of the pixels stay within. */
    int within(double share) {
      long left = count;
      for (int difference = 0; ; difference++) {
        left -= by[difference];
        if (left <= share * count) {
          return difference;
        }
      }
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d images, mean %.2f, largest mean of an image %.2f, 99.9 %% within %d, largest %d",
          images,
          (double) sum / count,
          largestMean,
          within(0.001),
          largest);
    }
  }

  private static void differences(List<PixelImage> pictures)
      throws IOException, UndecodableImageException {
    Map<String, Differences> found = new TreeMap<>();
    for (PixelImage picture : pictures) {
      for (int quality : QUALITIES) {
        for (int[] sampling : SAMPLINGS) {
          byte[] file = new JpegEncoder(quality, sampling[0], sampling[1]).encode(picture);
          for (int side : SIDES) {
            ImageSize size = ImageSize.square(side);
            DecodedImage image =
                ImageDecoder.read(file, DecodeLimits.DEFAULT, BitDepth.OF_FILE, original -> size);
            ImageSize cell = image.cells().cell();
            if (cell.pixels() > 1) {
              PixelImage scaled = Reduction.AREA.resize(image.cells(), size);
              PixelImage whole = reduced(file, size, UnaryOperator.identity());
              String kind = "cells of %s, quality %d, %s".formatted(cell, quality, name(sampling));
              found.computeIfAbsent(kind, k -> new Differences()).add(scaled, whole);
              found
                  .computeIfAbsent("cells of %s".formatted(cell), k -> new Differences())
                  .add(scaled, whole);
            }
          }
        }
      }
    }
    found.forEach((kind, differences) -> print("%s: %s", kind, differences));
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
