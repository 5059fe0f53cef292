package org.fairspark.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.frequency.FrequencyFilter;
import org.fairspark.frequency.GaussianHighPass;
import org.fairspark.frequency.GrayOnly;
import org.fairspark.frequency.IdealHighPass;
import org.fairspark.frequency.NaiveFourier;
import org.fairspark.frequency.Sobel;
import org.fairspark.frequency.TransferFunction;
import org.fairspark.image.FloatImage;
import org.junit.jupiter.api.DynamicTest;

/** High-frequency extractors ({@code b_filter}, {@code c_sobel}). */
final class FilterGoldens implements GoldenStage {
  private static final String FILTERS = "b_filter/";
  private static final String SOBEL = "c_sobel/";

  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    Stream<DynamicTest> gray =
        Stream.of("b_filter/gray")
            .filter(set::has)
            .map(
                name -> DynamicTest.dynamicTest(name, () -> set.check(name, grayOf(set, FILTERS))));
    Stream<DynamicTest> filters =
        Stream.concat(set.names(FILTERS).stream(), set.names(SOBEL).stream())
            .filter(name -> set.entry(name).get("role").asText().equals("output"))
            .map(name -> DynamicTest.dynamicTest(name, () -> check(set, name)));
    return Stream.concat(gray, filters);
  }

  private static float[] grayOf(GoldenSet set, String prefix) {
    GoldenSet.Npy bgr = set.array(prefix + "bgr");
    int plane = bgr.shape()[0] * bgr.shape()[1];
    float[] rgb = new float[3 * plane];
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < 3; c++) {
        rgb[c * plane + p] = (float) bgr.values()[3 * p + 2 - c];
      }
    }
    return new GrayOnly().extract(new FloatImage(3, bgr.shape()[0], bgr.shape()[1], rgb)).values();
  }

  private static void check(GoldenSet set, String name) {
    if (name.contains("/code_")) {
      checkAsThePapersCode(set, name);
    } else if (name.startsWith(SOBEL)) {
      checkSobel(set, name);
    } else if (name.endsWith("/out")) {
      FloatImage gray = gray(set, name);
      set.check(name, filter(set.params(name)).extractFromGray(gray).values());
    } else {
      checkTransferFunction(set, name);
    }
  }

  /** Returns the gray image of an output: {@code nonsq/BHPF2_D30/out} has {@code nonsq/gray}. */
  private static FloatImage gray(GoldenSet set, String name) {
    for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
      String bytes = name.substring(0, slash) + "/gray_u8";
      if (set.has(bytes)) {
        GoldenSet.Npy array = set.array(bytes);
        float[] values = array.floats();
        for (int i = 0; i < values.length; i++) {
          values[i] /= 255f;
        }
        return new FloatImage(1, array.shape()[0], array.shape()[1], values);
      }
      String floats = name.substring(0, slash) + "/gray";
      if (set.has(floats)) {
        GoldenSet.Npy array = set.array(floats);
        return new FloatImage(1, array.shape()[0], array.shape()[1], array.floats());
      }
    }
    throw new IllegalArgumentException("no gray image for " + name);
  }

  private static FrequencyFilter filter(JsonNode params) {
    double cutoff = params.get("D0").asDouble();
    return switch (params.get("kind").asText()) {
      case "BHPF" -> new ButterworthHighPass(cutoff, params.get("n").asInt());
      case "GHPF" -> new GaussianHighPass(cutoff);
      case "IHPF" -> new IdealHighPass(cutoff);
      default -> throw new IllegalArgumentException("unknown filter " + params);
    };
  }

  private static void checkTransferFunction(GoldenSet set, String name) {
    int[] shape = set.array(name).shape();
    FrequencyFilter filter = filter(set.params(name));
    if (name.endsWith("/H")) {
      set.check(name, TransferFunction.centred(filter, shape[0], shape[1]));
      return;
    }
    // H_row_diag: the centre row and the main diagonal of a square transfer function.
    int n = shape[1];
    double[] gains = TransferFunction.centred(filter, n, n);
    double[] rowAndDiagonal = new double[2 * n];
    for (int i = 0; i < n; i++) {
      rowAndDiagonal[i] = gains[n / 2 * n + i];
      rowAndDiagonal[n + i] = gains[i * n + i];
    }
    set.check(name, rowAndDiagonal);
  }

  /**
   * Checks a filter with the centre of the paper's code, which subtracts half the height from the
   * column index and half the width from the row index, so that the filter of an image that is not
   * square is off centre. The product's filter differs in nothing else.
   */
  private static void checkAsThePapersCode(GoldenSet set, String name) {
    FloatImage gray = gray(set, name);
    int height = gray.height();
    int width = gray.width();
    JsonNode params = set.params(name);
    FrequencyFilter filter =
        new ButterworthHighPass(params.get("D0").asDouble(), params.get("n").asInt());
    double[] gains = new double[height * width];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        gains[r * width + c] = filter.gain(Math.hypot(r - width / 2, c - height / 2));
      }
    }
    if (name.endsWith("/H")) {
      set.check(name, gains, 1e-12, 0);
    } else {
      set.check(name, NaiveFourier.filter(gray.values(), height, width, gains), 1e-7, 0);
    }
  }

  private static void checkSobel(GoldenSet set, String name) {
    int kernel = set.params(name).get("ksize").asInt();
    boolean one = name.endsWith("/gx") || name.endsWith("/gy");
    Sobel.Axes axes =
        name.endsWith("/gx") || name.endsWith("onlyx")
            ? Sobel.Axes.X
            : name.endsWith("/gy") ? Sobel.Axes.Y : Sobel.Axes.XY;
    FloatImage gradients = new Sobel(axes, kernel).extractFromGray(gray(set, name));
    float[] values = gradients.values();
    set.check(name, one ? Arrays.copyOf(values, gradients.height() * gradients.width()) : values);
  }
}
