package org.fairspark.job.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import org.fairspark.config.FairConfig;
import org.fairspark.report.Curve;
import org.fairspark.report.Histogram;
import org.fairspark.report.Measure;
import org.fairspark.report.ReportModel;
import org.fairspark.report.Specimen;
import org.fairspark.report.SpecimenChoice.Candidate;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.EpochSummary;
import org.fairspark.store.model.ModelStore;

/** Gathers what the report shows of one category. */
record CategoryAssembly(OutputRoot root, FairConfig config) {
  private static final int HISTOGRAM_BINS = 30;

  /**
   * The category.
   *
   * @param metrics its part of {@code metrics.json}
   * @param scored its test images
   * @param frequencies all categories of {@code frequencies.json}
   */
  ReportModel.Category category(
      String name,
      JsonNode metrics,
      List<Candidate> scored,
      long trainImages,
      JsonNode frequencies,
      List<Specimen> gallery) {
    double[] normal = scores(scored, false);
    double[] anomalous = scores(scored, true);
    List<String> notes = new ArrayList<>();
    if (metrics.path("images_without_mask").asLong() > 0) {
      notes.add(
          metrics.get("images_without_mask").asLong()
              + " anomalous images have no mask; they count for image AUROC only.");
    }
    return new ReportModel.Category(
        name,
        trainImages,
        normal.length,
        anomalous.length,
        metrics.path("regions").asLong(),
        measure(metrics, "image_auroc", 1),
        measure(metrics, "pixel_auroc", 1),
        measure(metrics, "aupro", 1),
        measure(metrics, "normal_mse", 1e4),
        config.evaluation().fprLimit(),
        defects(metrics),
        roc(normal, anomalous),
        curve(metrics.path("pro")),
        scored.isEmpty()
            ? Optional.empty()
            : Optional.of(Histogram.of(normal, anomalous, HISTOGRAM_BINS)),
        OptionalDouble.empty(),
        loss(name),
        spectrum(frequencies.path(name).path("similarity")),
        spectrum(frequencies.path(name).path("energy")),
        gallery,
        notes);
  }

  private static double[] scores(List<Candidate> scored, boolean anomalous) {
    return scored.stream()
        .filter(s -> s.anomalous() == anomalous)
        .mapToDouble(Candidate::score)
        .toArray();
  }

  private static Measure measure(JsonNode metrics, String field, double scale) {
    if (!metrics.path(field).isNumber()) {
      String reason = metrics.path(field + "_not_defined").asText("because it was not measured");
      return Measure.undefined(reason.replaceFirst("^because ", ""));
    }
    return Measure.of(
        metrics.get(field).asDouble() * scale,
        metrics.path("bounds").path(field).asDouble(0) * scale);
  }

  private static List<ReportModel.Defect> defects(JsonNode metrics) {
    List<ReportModel.Defect> defects = new ArrayList<>();
    metrics
        .path("defects")
        .fields()
        .forEachRemaining(
            e ->
                defects.add(
                    new ReportModel.Defect(
                        e.getKey(),
                        e.getValue().path("images").asLong(),
                        e.getValue().path("regions").asLong(),
                        measure(e.getValue(), "image_auroc", 1),
                        measure(e.getValue(), "pixel_auroc", 1),
                        measure(e.getValue(), "aupro", 1))));
    return defects;
  }

  private static Optional<Curve> roc(double[] normal, double[] anomalous) {
    return normal.length == 0 || anomalous.length == 0
        ? Optional.empty()
        : Optional.of(Curve.roc(normal, anomalous));
  }

  private static Optional<Curve> curve(JsonNode points) {
    if (points.size() < 2) {
      return Optional.empty();
    }
    double[] x = new double[points.size()];
    double[] y = new double[points.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = points.get(i).get(0).asDouble();
      y[i] = points.get(i).get(1).asDouble();
    }
    return Optional.of(Curve.of(x, y));
  }

  private static Optional<ReportModel.Spectrum> spectrum(JsonNode of) {
    Optional<Curve> normal = radial(of.path("normal"));
    return normal.map(curve -> new ReportModel.Spectrum(curve, radial(of.path("anomalous"))));
  }

  private static Optional<Curve> radial(JsonNode of) {
    JsonNode x = of.path("distance");
    return x.size() < 2
        ? Optional.empty()
        : Optional.of(Curve.of(numbers(x), numbers(of.path("mean"))));
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private Optional<ReportModel.Loss> loss(String category) {
    List<EpochSummary> epochs = new ModelStore(root, category).loss();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    double[] x = epochs.stream().mapToDouble(e -> e.epoch() + 1).toArray();
    return Optional.of(
        new ReportModel.Loss(
            "epoch",
            List.of(
                new ReportModel.Series(
                    "total",
                    Curve.of(x, epochs.stream().mapToDouble(EpochSummary::loss).toArray())),
                new ReportModel.Series(
                    "l2", Curve.of(x, epochs.stream().mapToDouble(EpochSummary::l2).toArray())),
                new ReportModel.Series(
                    "SSIM",
                    Curve.of(x, epochs.stream().mapToDouble(EpochSummary::ssim).toArray())))));
  }
}
