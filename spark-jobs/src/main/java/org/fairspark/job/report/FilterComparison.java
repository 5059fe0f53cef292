package org.fairspark.job.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.fairspark.config.ConfigException;
import org.fairspark.config.FairConfig;
import org.fairspark.config.FilterConfig;
import org.fairspark.dataset.Split;
import org.fairspark.frequency.FrequencyFilter;
import org.fairspark.frequency.HighFrequencyExtractor;
import org.fairspark.frequency.TransferFunction;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.report.Curve;
import org.fairspark.report.PictureMaker;
import org.fairspark.report.ReportModel;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.Table;

/**
 * The extractors beside one another: transfer functions and impulse responses (paper Figure 5), and
 * what each makes of a test image (Figures 6 and 10).
 */
record FilterComparison(SparkSession spark, FairConfig config) {
  /** Pixels to either side of the spot whose response is shown. */
  private static final int REACH = 12;

  /**
   * Returns the comparison; empty where there is no test image, and where the run's method looks at
   * images as they are.
   */
  Optional<ReportModel.FilterStudy> study(Table images) {
    if (config.filter().kind() == FilterConfig.Kind.NONE
        || !config.detectionMethod().learnsFromSamples()) {
      return Optional.empty();
    }
    Map<String, HighFrequencyExtractor> extractors = extractors();
    List<ReportModel.Series> gains = new ArrayList<>();
    List<ReportModel.Series> responses = new ArrayList<>();
    ImageSize size = config.image().size();
    extractors.forEach(
        (name, extractor) -> {
          if (extractor instanceof FrequencyFilter filter) {
            double[] gain = TransferFunction.radial(filter, size.longer() / 2 + 1);
            gains.add(new ReportModel.Series(name, Curve.over(gain.length, d -> gain[d])));
            responses.add(new ReportModel.Series(name, response(filter, size)));
          }
        });
    return example(images)
        .map(
            row -> {
              PixelImage image = config.image().frame().view(ImagesTable.pixels(row), 0);
              List<ReportModel.NamedPicture> pictures = new ArrayList<>();
              pictures.add(new ReportModel.NamedPicture("Image", PictureMaker.picture(image)));
              extractors.forEach(
                  (name, extractor) ->
                      pictures.add(
                          new ReportModel.NamedPicture(
                              name, PictureMaker.highPass(extractor.extract(image.toFloat())))));
              return new ReportModel.FilterStudy(
                  config.filter().cyclesPerImage(config.image().size()),
                  gains,
                  responses,
                  row.getAs(ImagesTable.IMAGE_ID),
                  pictures);
            });
  }

  /** Returns the middle row of the response to a single bright pixel. */
  private static Curve response(FrequencyFilter filter, ImageSize size) {
    float[] response = TransferFunction.impulseResponse(filter, size.height(), size.width());
    int reach = Math.min(REACH, size.width() / 2 - 1);
    int middle = size.height() / 2 * size.width() + size.width() / 2;
    double[] x = new double[2 * reach + 1];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i - reach;
      y[i] = response[middle + i - reach];
    }
    return Curve.of(x, y);
  }

  /**
   * Returns the paper's, with this run's cutoff; one that is not possible at this size is left out.
   */
  private Map<String, HighFrequencyExtractor> extractors() {
    Map<String, HighFrequencyExtractor> extractors = new LinkedHashMap<>();
    add(extractors, "Ideal", Map.of("filter.kind", "ideal"));
    add(extractors, "Gaussian", Map.of("filter.kind", "gaussian"));
    for (int order : new int[] {2, 3}) {
      add(
          extractors,
          "Butterworth, order " + order,
          Map.of("filter.kind", "butterworth", "filter.order", String.valueOf(order)));
    }
    for (String axes : new String[] {"x", "xy"}) {
      for (String kernel : new String[] {"3", "5"}) {
        add(
            extractors,
            "Sobel %s, %s x %s".formatted(axes, kernel, kernel),
            Map.of("filter.kind", "sobel", "filter.axes", axes, "filter.kernel", kernel));
      }
    }
    if (!extractors.containsValue(config.extractor())) {
      extractors.put("This run", config.extractor());
    }
    return extractors;
  }

  private void add(
      Map<String, HighFrequencyExtractor> extractors, String name, Map<String, String> settings) {
    try {
      extractors.put(name, config.with(settings).extractor());
    } catch (ConfigException e) {
      // For example an ideal filter that would pass nothing.
      extractors.remove(name);
    }
  }

  /** Returns the first anomalous test image, or the first test image. */
  private Optional<Row> example(Table images) {
    return images
        .dataset(spark)
        .where(functions.col(ImagesTable.SPLIT).equalTo(Split.TEST.label()))
        .orderBy(functions.col(ImagesTable.LABEL).desc(), functions.col(ImagesTable.IMAGE_ID))
        .select(ImagesTable.IMAGE_ID, ImagesTable.HEIGHT, ImagesTable.WIDTH, ImagesTable.PIXELS)
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst();
  }
}
