package org.fairspark.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.corruption.StatedChange;
import org.fairspark.demo.DemoPictures;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.image.FloatImage;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.AtThreshold;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Confusion;
import org.fairspark.metrics.CurvePoint;
import org.fairspark.metrics.DecisionLevels;
import org.fairspark.metrics.DecisionResult;
import org.fairspark.metrics.DefectResult;
import org.fairspark.metrics.F1Threshold;
import org.fairspark.metrics.Hysteresis;
import org.fairspark.metrics.ImageCounts;
import org.fairspark.metrics.MetricValues;
import org.fairspark.metrics.SliceResult;
import org.fairspark.metrics.Slices;
import org.fairspark.random.SeededRandom;
import org.fairspark.report.ReportModel.Benchmark;
import org.fairspark.report.ReportModel.ConfiguredValue;
import org.fairspark.report.ReportModel.EvaluatedCategory;
import org.fairspark.report.ReportModel.Fact;
import org.fairspark.report.ReportModel.FilterStudy;
import org.fairspark.report.ReportModel.LossCurves;
import org.fairspark.report.ReportModel.NamedPicture;
import org.fairspark.report.ReportModel.Plots;
import org.fairspark.report.ReportModel.Quarantine;
import org.fairspark.report.ReportModel.Run;
import org.fairspark.report.ReportModel.Series;
import org.fairspark.report.ReportModel.Spectrum;
import org.fairspark.report.ReportModel.StageTime;
import org.fairspark.report.ReportModel.UnreadableFile;
import org.fairspark.report.Specimen.Role;
import org.fairspark.report.Specimen.View;

/** Made-up but plausible reports. */
final class SampleReports {
  static final List<String> MVTEC =
      List.of(
          "carpet",
          "grid",
          "leather",
          "tile",
          "wood",
          "bottle",
          "cable",
          "capsule",
          "hazelnut",
          "metal_nut",
          "pill",
          "screw",
          "toothbrush",
          "transistor",
          "zipper");

  static final F1Threshold NO_THRESHOLD =
      new F1Threshold(Area.notDefined("it is not shown"), Area.notDefined("it is not shown"));

  private SampleReports() {}

  /** Returns the demonstration's two categories with pictures of {@code pixels} a side. */
  static ReportModel demo(int pixels) {
    List<EvaluatedCategory> categories =
        DemoPictures.categories().stream()
            .map(c -> category(c, DemoPictures.defects(c), gallery(c, pixels), 12, 24))
            .toList();
    return new ReportModel(run("demo", Benchmark.OTHER), categories, Quarantine.none());
  }

  /** Returns a report of many categories, all pictures taken from one small gallery. */
  static ReportModel large(Benchmark benchmark, List<String> names, int pixels) {
    List<Specimen> gallery = gallery("flange", pixels);
    List<EvaluatedCategory> categories =
        names.stream().map(n -> category(n, List.of("bent", "broken"), gallery, 200, 400)).toList();
    Quarantine quarantine =
        new Quarantine(
            2431,
            List.of(
                new UnreadableFile(
                    "screw/test/good/017.png",
                    48_213,
                    "truncated",
                    "the image data ends at row 412 of 1024"),
                new UnreadableFile(
                    "cable/train/good/a text file.png",
                    12,
                    "not an image",
                    "starts with \"Hello worl\""),
                new UnreadableFile(
                    "wood/train/good/200.png", 0, "empty", "the file has no bytes")));
    return new ReportModel(
        run("mvtec-128", benchmark), categories, quarantine, Optional.of(filters(gallery.get(0))));
  }

  private static FilterStudy filters(Specimen example) {
    byte[] picture = example.views().get(Specimen.View.INPUT);
    return new FilterStudy(
        30,
        List.of(
            new Series("Ideal", Curve.over(65, d -> d > 30 ? 1 : 0)),
            new Series(
                "Butterworth", Curve.over(65, d -> 1 / (1 + Math.pow(30.0 / (d + 1e-9), 4))))),
        List.of(
            new Series("Ideal", Curve.over(13, x -> Math.cos(2.0 * x) / (1 + x))),
            new Series("Butterworth", Curve.over(13, x -> Math.exp(-x)))),
        "a <folder>/test/bent/000.png",
        List.of(new NamedPicture("Image", picture), new NamedPicture("Ideal", picture)));
  }

  static Run run(String name, Benchmark benchmark) {
    Instant start = Instant.parse("2026-03-01T22:04:00Z");
    return new Run(
        name,
        start,
        start.plusSeconds(252),
        benchmark,
        "hdfs://archive/mvtec_ad",
        "mvtec",
        "7f3a9c0be21d4458",
        5354,
        List.of(
            new ConfiguredValue("data.root", "hdfs://archive/mvtec_ad", "command line"),
            new ConfiguredValue("image.size", "128", "conf/mvtec.conf: 4"),
            new ConfiguredValue("filter.kind", "butterworth", "defaults"),
            new ConfiguredValue("filter.cutoff", "30", "defaults"),
            new ConfiguredValue("filter.order", "2", "defaults"),
            new ConfiguredValue("model.width", "16", "conf/mvtec.conf: 9"),
            new ConfiguredValue("training.batch-size", "8", "defaults"),
            new ConfiguredValue("training.learning-rate", "1e-3", "command line"),
            new ConfiguredValue("seed", "1", "defaults")),
        List.of(
            new Fact("FAIR on Spark", "1.0.0"),
            new Fact("Spark", "3.5.9, local[2]"),
            new Fact("DL4J", "1.0.0-M2.1, oneDNN"),
            new Fact("Java", "17.0.15")),
        List.of(
            new Fact(
                "Mask convention",
                "reference: pixel AUROC counts full white, AUPRO everything above zero"),
            new Fact("Colour order", "RGB"),
            new Fact("AUPRO", "8-connected regions, to a false-positive rate of 0.3"),
            new Fact("Means", "plain means over categories")),
        List.of(
            new StageTime("prepare", Duration.ofMillis(21_400), "152 images, 1600 samples"),
            new StageTime("train", Duration.ofSeconds(184), "2 models, 400 steps"),
            new StageTime("evaluate", Duration.ofMillis(9_300), "72 images"),
            new StageTime("report", Duration.ofMillis(1_900), "")),
        List.of());
  }

  static EvaluatedCategory category(
      String name, List<String> defects, List<Specimen> gallery, int normals, int anomalies) {
    SeededRandom random = SeededRandom.of(1, name, 0);
    double skill = random.nextDouble(1.2, 4.5);
    double[] normal = new double[normals];
    double[] anomalous = new double[anomalies];
    Arrays.setAll(normal, i -> 0.08 + 0.015 * random.nextGaussian());
    Arrays.setAll(anomalous, i -> 0.08 + 0.02 * skill + 0.03 * random.nextGaussian());
    Curve roc = Curve.roc(normal, anomalous);
    double area = area(roc);
    SortedMap<String, DefectResult> rows = new TreeMap<>();
    for (String defect : defects) {
      double share = Math.min(1, Math.max(0.3, area + 0.06 * random.nextGaussian()));
      MetricValues values =
          values(
              Area.exact(share),
              Area.of(Math.min(1, share + 0.01), 2e-5),
              defect.equals("heat_tint")
                  ? Area.notDefined("none of its masks has a marked pixel")
                  : Area.of(share * 0.93, 3e-5),
              Area.exact(5e-4));
      rows.put(
          defect,
          new DefectResult(
              values,
              anomalies / defects.size(),
              anomalies / defects.size() + 3,
              Area.exact(0.02),
              Optional.empty()));
    }
    CategoryResult result =
        new CategoryResult(
            values(
                Area.exact(area),
                Area.of(Math.min(0.999, area + 0.012), 1.7e-5),
                Area.of(area * 0.94, 2.3e-5),
                Area.exact(1e-4 * random.nextDouble(3, 9))),
            new ImageCounts(normals + anomalies, anomalies, 0, anomalies + 11),
            NO_THRESHOLD,
            List.of(),
            curve(200, 0.4, x -> 1 - Math.exp(-x * 18 * skill)),
            rows,
            decisions(area, normals, anomalies));
    Plots plots =
        new Plots(
            0.3,
            Optional.of(Histogram.of(normal, anomalous, 32)),
            Optional.of(roc),
            Optional.of(Curve.precision(normal, anomalous)),
            Optional.of(ThresholdSteps.of(normal, anomalous, OptionalDouble.of(normal[0]))),
            List.of(loss(random)),
            Optional.of(
                new Spectrum(
                    Curve.over(64, r -> 1 - 0.0004 * r - 0.00004 * r * r),
                    Optional.of(Curve.over(64, r -> 0.985 - 0.001 * r - 0.00005 * r * r)))),
            Optional.of(
                new Spectrum(
                    Curve.over(64, r -> 0.7 * Math.exp(-r / 3.0) + 1e-5), Optional.empty())));
    return new EvaluatedCategory(name, 40, 0, result, plots, gallery, List.of());
  }

  /** Returns decisions, those by view and those under every change among them. */
  private static DecisionResult decisions(double skill, int normals, int anomalies) {
    SortedMap<String, SliceResult> views = new TreeMap<>();
    List.of("top", "side").forEach(view -> views.put(view, slice(skill, normals, anomalies, 0.1)));
    SortedMap<String, SliceResult> changes = new TreeMap<>();
    double kinds = 0;
    for (String kind : StatedChange.kinds().split(", ")) {
      kinds++;
      for (int severity = 1; severity <= 5; severity += 2) {
        double alarms = 0.1 + 0.9 * (severity / 5.0) * kinds / 9;
        changes.put(kind + "-" + severity, slice(skill, normals, anomalies, alarms));
      }
    }
    return new DecisionResult(
        NO_THRESHOLD,
        slice(skill, normals, anomalies, 0.1).atThreshold(),
        "",
        Optional.empty(),
        Slices.NONE,
        new Slices(views, ""),
        new Slices(changes, ""));
  }

  private static SliceResult slice(double skill, int normals, int anomalies, double alarms) {
    long found = Math.round(anomalies * skill);
    long called = Math.round(normals * alarms);
    AtThreshold decided =
        new AtThreshold(
            new DecisionLevels(0.11f, 0.09f),
            new Confusion(found, called, normals - called, anomalies - found, "images"),
            new Confusion(900, 300, 90_000, 400, "pixels"));
    return new SliceResult(
        values(
            Area.exact(skill), Area.of(skill, 0.013), Area.of(skill * 0.9, 3e-5), Area.exact(5e-4)),
        new ImageCounts(normals + anomalies, anomalies, 0, anomalies + 3),
        Optional.of(decided));
  }

  private static MetricValues values(Area image, Area pixel, Area aupro, Area error) {
    return MetricValues.of(
        metric ->
            switch (metric) {
              case IMAGE_AUROC -> image;
              case PIXEL_AUROC -> pixel;
              case AUPRO -> aupro;
              case NORMAL_MSE -> error;
              default -> image;
            });
  }

  private static LossCurves loss(SeededRandom random) {
    int epochs = 400;
    double[] l2 = new double[epochs];
    double[] ssim = new double[epochs];
    Arrays.setAll(l2, e -> 0.12 * Math.exp(-e / 30.0) + 0.0015 * (1 + 0.2 * random.nextDouble()));
    Arrays.setAll(ssim, e -> 0.8 * Math.exp(-e / 50.0) + 0.05 * (1 + 0.2 * random.nextDouble()));
    return new LossCurves(
        "Training loss",
        "step",
        List.of(
            new Series("total", Curve.over(epochs, e -> l2[e] + ssim[e])),
            new Series("l2", Curve.over(epochs, e -> l2[e])),
            new Series("SSIM", Curve.over(epochs, e -> ssim[e]))));
  }

  private static List<CurvePoint> curve(int points, double end, DoubleUnaryOperator f) {
    return IntStream.range(0, points)
        .mapToDouble(i -> end * i / (points - 1))
        .mapToObj(x -> new CurvePoint(x, f.applyAsDouble(x)))
        .toList();
  }

  private static double area(Curve roc) {
    double area = 0;
    for (int i = 1; i < roc.size(); i++) {
      area += (roc.x(i) - roc.x(i - 1)) * (roc.y(i) + roc.y(i - 1)) / 2;
    }
    return area;
  }

  private static List<Specimen> gallery(String category, int pixels) {
    List<Specimen> gallery = new ArrayList<>();
    List<String> defects = DemoPictures.defects(category);
    for (int i = 0; i < 12; i++) {
      Role role = i < 4 ? Role.BEST : i < 8 ? Role.WORST : Role.RANDOM;
      String defect = i % 6 == 5 ? "good" : defects.get(i % defects.size());
      gallery.add(specimen(category, defect, i, role, pixels));
    }
    return gallery;
  }

  private static Specimen specimen(
      String category, String defect, int number, Role role, int pixels) {
    DemoPictures.Part part = DemoPictures.part(category, defect, number, pixels);
    FloatImage input = part.input().toFloat();
    FloatImage restored = part.clean().toFloat();
    FloatImage map = AnomalyFunction.paper().map(input, restored);
    Map<View, byte[]> views = new EnumMap<>(View.class);
    views.put(View.INPUT, PictureMaker.picture(part.input()));
    views.put(View.HIGH_PASS, PictureMaker.highPass(new ButterworthHighPass(30, 2).extract(input)));
    views.put(View.RESTORATION, PictureMaker.restoration(restored));
    boolean[] found = Hysteresis.above(map.values(), map.width(), 0.12f, 0.12f);
    views.put(View.MAP, PictureMaker.heatMap(part.input(), map, 0.03f, 0.25f, null, found));
    boolean good = defect.equals("good");
    if (!good) {
      views.put(View.MASK, PictureMaker.maskOutline(part.input(), part.mask()));
    }
    return new Specimen(
        role,
        "%s/test/%s/%03d.png".formatted(category, defect, number),
        defect,
        !good,
        OptionalDouble.of(AnomalyFunction.score(map)),
        views);
  }
}
