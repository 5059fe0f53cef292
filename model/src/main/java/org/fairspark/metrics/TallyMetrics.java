package org.fairspark.metrics;

import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics of a tally of normal images and one of anomalous images.
 *
 * @param normal tally of normal images
 * @param anomalous tally of anomalous images
 * @param pixels of both, by the convention that is asked for
 * @param half of both, with masks above one half anomalous
 * @param own the same at the size of the images' files
 * @param masks the convention that is asked for
 * @param fprLimit the false-positive rate up to which {@link Metric#AUPRO} integrates
 */
record TallyMetrics(
    Tally normal,
    Tally anomalous,
    ScoreHistogram pixels,
    ScoreHistogram half,
    ScoreHistogram own,
    MaskConvention masks,
    double fprLimit) {
  /** The limit of {@link Metric#AUPRO_05}. */
  private static final double LOW_LIMIT = 0.05;

  static TallyMetrics of(Tally normal, Tally anomalous, MaskConvention masks, double fprLimit) {
    return new TallyMetrics(
        normal,
        anomalous,
        sum(normal.pixels(), anomalous.pixels()),
        sum(normal.pixels(), anomalous.half()),
        sum(normal.own(), anomalous.own()),
        masks,
        fprLimit);
  }

  private static ScoreHistogram sum(ScoreHistogram normal, ScoreHistogram anomalous) {
    ScoreHistogram sum = new ScoreHistogram();
    sum.merge(normal);
    sum.merge(anomalous);
    return sum;
  }

  MetricValues values() {
    ScoreSeparation images = ScoreSeparation.of(normal.scores(), anomalous.scores(), "images");
    F1Threshold best = bestOfPixels();
    return MetricValues.of(
        metric ->
            switch (metric) {
              case IMAGE_AUROC -> images.auroc();
              case IMAGE_AP -> images.averagePrecision();
              case IMAGE_F1_MAX -> images.best().f1();
              case PIXEL_AUROC -> auroc(pixels, masks);
              case PIXEL_AUROC_HALF -> auroc(half, MaskConvention.HALF);
              case AUPRO -> aupro(pixels, masks, fprLimit, anomalous.largestRegion());
              case AUPRO_HALF ->
                  aupro(half, MaskConvention.HALF, fprLimit, anomalous.largestMask());
              case PIXEL_AUROC_OWN_SIZE -> ofOwnSize(() -> auroc(own, MaskConvention.HALF));
              case AUPRO_OWN_SIZE ->
                  ofOwnSize(
                      () -> aupro(own, MaskConvention.HALF, fprLimit, anomalous.largestOwnMask()));
              case AUPRO_05 -> aupro(half, MaskConvention.HALF, LOW_LIMIT, anomalous.largestMask());
              case PIXEL_AP -> averagePrecision();
              case PIXEL_F1_MAX -> best.f1();
              case AUPIMO -> aupimo();
              case AU_SPRO_05 -> auSpro();
              case NORMAL_MSE -> normal.restorationError();
            });
  }

  /** Returns the threshold of image scores with the best F1. */
  F1Threshold bestOfImages() {
    return ScoreSeparation.of(normal.scores(), anomalous.scores(), "images").best();
  }

  /** Returns the threshold of pixels with the best F1. */
  F1Threshold bestOfPixels() {
    return whyNot(half, MaskConvention.HALF) instanceof Area.NotDefined why
        ? F1Threshold.none(why.because())
        : PrecisionRecall.of(half).best();
  }

  /** Returns the pixels' ROC curve; empty where pixel AUROC is not defined. */
  List<CurvePoint> roc() {
    return whyNot(pixels, masks) == null ? HistogramAreas.roc(pixels) : List.of();
  }

  /** Returns the per-region overlap curve; empty where AUPRO is not defined. */
  List<CurvePoint> pro() {
    return whyNoRegions(pixels, masks) == null ? HistogramAreas.pro(pixels) : List.of();
  }

  private Area ofOwnSize(Supplier<Area> measured) {
    Area why = whyNot(half, MaskConvention.HALF);
    if (why != null) {
      return why;
    }
    if (normal.ownImages() + anomalous.ownImages() == 0) {
      return Area.notDefined("images were not counted at the size of their files");
    }
    return normal.isOwnComplete() && anomalous.isOwnComplete()
        ? measured.get()
        : Area.notDefined(
            "not all images and masks are known at the size of their files, or some have more than"
                + " %d pixels".formatted(OwnSize.MOST_PIXELS));
  }

  private Area auroc(ScoreHistogram histogram, MaskConvention convention) {
    Area why = whyNot(histogram, convention);
    return why == null ? HistogramAreas.auroc(histogram) : why;
  }

  private Area averagePrecision() {
    Area why = whyNot(half, MaskConvention.HALF);
    return why == null ? PrecisionRecall.of(half).averagePrecision() : why;
  }

  private Area aupro(
      ScoreHistogram histogram, MaskConvention convention, double limit, long largest) {
    Area why = whyNoRegions(histogram, convention);
    return why == null ? HistogramAreas.aupro(histogram, limit, largest) : why;
  }

  private Area aupimo() {
    if (HistogramAreas.Totals.of(half).anomalous() == 0) {
      return Area.notDefined(whyNoPixels(MaskConvention.HALF));
    }
    if (normal.images() == 0) {
      return Area.notDefined("there are no normal images");
    }
    long count = normal.pixels().count();
    return count < LowRateArea.MIN_NORMAL_PIXELS
        ? Area.notDefined(
            "a false-positive rate of 1e-5 takes %d pixels of normal images, and there are %d"
                .formatted(LowRateArea.MIN_NORMAL_PIXELS, count))
        : LowRateArea.of(
            ScoreHistogram.ofImages(normal.pixels(), anomalous.half()), anomalous.largestMask());
  }

  private Area auSpro() {
    Area why = whyNoRegions(half, MaskConvention.HALF);
    if (why != null) {
      return why;
    }
    boolean known = false;
    for (int i = 0; i < half.binCount(); i++) {
      known |= half.saturated(half.firstBin() + i) > 0;
    }
    return known
        ? HistogramAreas.auSpro(half, LOW_LIMIT, anomalous.largestMask())
        : Area.notDefined("no saturation of defects is known");
  }

  /** Returns why a metric of all pixels is not defined; null if it is. */
  private Area whyNot(ScoreHistogram histogram, MaskConvention convention) {
    HistogramAreas.Totals totals = HistogramAreas.Totals.of(histogram);
    if (totals.anomalous() == 0) {
      return Area.notDefined(whyNoPixels(convention));
    }
    return totals.normal() + totals.edge() == 0
        ? Area.notDefined("there are no normal pixels")
        : null;
  }

  /** Returns why a metric of regions is not defined; null if it is. */
  private Area whyNoRegions(ScoreHistogram histogram, MaskConvention convention) {
    HistogramAreas.Totals totals = HistogramAreas.Totals.of(histogram);
    if (totals.weight() == 0) {
      return Area.notDefined(whyNoPixels(convention));
    }
    return totals.normal() == 0 ? Area.notDefined("there are no normal pixels") : null;
  }

  private String whyNoPixels(MaskConvention convention) {
    if (anomalous.images() == 0) {
      return "there are no anomalous images";
    }
    if (anomalous.withoutMask() == anomalous.images()) {
      return "no anomalous image has a mask";
    }
    return "no mask has an anomalous pixel (masks = %s)".formatted(convention);
  }
}
