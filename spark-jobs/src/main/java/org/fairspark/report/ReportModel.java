package org.fairspark.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fairspark.metrics.Area;
import org.fairspark.metrics.CategoryResult;
import org.fairspark.metrics.Metric;

/**
 * The contents of an evaluation's report, as plain data.
 *
 * @param run the configuration, the data and the timings
 * @param categories one entry per category, in the order to show them
 * @param quarantine the files that could not be read
 */
public record ReportModel(
    Run run,
    List<EvaluatedCategory> categories,
    Quarantine quarantine,
    Optional<FilterStudy> filters) {

  /** Makes a model without a comparison of filters. */
  public ReportModel(Run run, List<EvaluatedCategory> categories, Quarantine quarantine) {
    this(run, categories, quarantine, Optional.empty());
  }

  public ReportModel {
    categories = List.copyOf(categories);
  }

  /** The data set, as far as the paper has numbers for it. */
  public enum Benchmark {
    MVTEC_AD,
    VISA,
    OTHER
  }

  /**
   * A run: its configuration, data and timings.
   *
   * @param name a short name, for example the output folder's
   * @param benchmark which of the paper's tables to compare with
   * @param dataRoot where the images came from
   * @param layout how they were laid out, for example "mvtec"
   * @param fingerprint of the data
   * @param images images read, training and test
   * @param configuration the resolved configuration, by key
   * @param versions of this product and what it stands on
   * @param conventions how the numbers are meant, for example the mask convention
   * @param timings how long each stage took
   * @param notes what a reader must know, for example a warning
   */
  public record Run(
      String name,
      Instant started,
      Instant finished,
      Benchmark benchmark,
      String dataRoot,
      String layout,
      String fingerprint,
      long images,
      List<ConfiguredValue> configuration,
      List<Fact> versions,
      List<Fact> conventions,
      List<StageTime> timings,
      List<String> notes) {

    public Run {
      if (finished.isBefore(started)) {
        throw new IllegalArgumentException(
            "the run ended at %s before it began at %s".formatted(finished, started));
      }
      configuration = List.copyOf(configuration);
      versions = List.copyOf(versions);
      conventions = List.copyOf(conventions);
      timings = List.copyOf(timings);
      notes = List.copyOf(notes);
    }
  }

  /** A configuration key, its value and where the value came from (may be empty). */
  public record ConfiguredValue(String key, String value, String origin) {}

  /** A name and its value. */
  public record Fact(String name, String value) {}

  /**
   * A stage and its duration.
   *
   * @param stage for example "prepare"
   * @param duration wall-clock time
   * @param work what was done in it, for example "152 images"; may be empty
   */
  public record StageTime(String stage, Duration duration, String work) {}

  /**
   * One category's results.
   *
   * @param trainImages images trained on
   * @param heldOut training images that were held out, to set thresholds
   * @param result metrics, numbers of test images, types of defect
   * @param plots what is drawn of it
   * @param gallery a sample of test images
   * @param notes what a reader must know about this category
   */
  public record EvaluatedCategory(
      String name,
      long trainImages,
      long heldOut,
      CategoryResult result,
      Plots plots,
      List<Specimen> gallery,
      List<String> notes) {

    public EvaluatedCategory {
      gallery = List.copyOf(gallery);
      notes = List.copyOf(notes);
    }

    Area value(Metric metric) {
      return result.value(metric);
    }

    long testImages() {
      return result.counts().images();
    }
  }

  /**
   * The curves of a category; the per-region overlap curve is in its results.
   *
   * @param fprLimit false-positive rate up to which AUPRO integrates, in (0,1]
   * @param scores image scores
   * @param roc true-positive rate over false-positive rate of images
   * @param precision precision over recall of images
   * @param steps numbers of images above each threshold
   * @param loss training losses, one for each network
   * @param similarity cosine similarity of originals and restorations by distance from the
   *     frequency origin (paper figure 7)
   * @param energy share of the image energy by distance from the frequency origin (figure 9)
   */
  public record Plots(
      double fprLimit,
      Optional<Histogram> scores,
      Optional<Curve> roc,
      Optional<Curve> precision,
      Optional<ThresholdSteps> steps,
      List<LossCurves> loss,
      Optional<Spectrum> similarity,
      Optional<Spectrum> energy) {

    public Plots {
      loss = List.copyOf(loss);
      if (!(fprLimit > 0 && fprLimit <= 1)) {
        throw new IllegalArgumentException(
            "the false-positive limit must lie in (0,1], got " + fprLimit);
      }
    }
  }

  /**
   * The training loss of a network.
   *
   * @param title of its chart
   * @param unit what x counts, for example "epoch"
   * @param series for example total, l2 and SSIM
   */
  public record LossCurves(String title, String unit, List<Series> series) {
    public LossCurves {
      series = List.copyOf(series);
    }
  }

  /** A named curve. */
  public record Series(String name, Curve curve) {}

  /** A value by spatial frequency (cycles per image), for normal and for anomalous test images. */
  public record Spectrum(Curve normal, Optional<Curve> anomalous) {}

  /**
   * High-frequency extractors beside one another (paper figures 5, 6 and 10).
   *
   * @param cutoff of those that have one, cycles per image
   * @param gains transfer functions by distance from the frequency origin, cycles per image
   * @param responses to a single bright pixel, by pixels beside it
   * @param imageId the example
   * @param pictures the example itself, then under each extractor
   */
  public record FilterStudy(
      double cutoff,
      List<Series> gains,
      List<Series> responses,
      String imageId,
      List<NamedPicture> pictures) {
    public FilterStudy {
      gains = List.copyOf(gains);
      responses = List.copyOf(responses);
      pictures = List.copyOf(pictures);
    }
  }

  /** An encoded picture (PNG) and what it shows. */
  public record NamedPicture(String name, byte[] picture) {}

  /**
   * Files that could not be read.
   *
   * @param total how many there are
   * @param files the first of them
   */
  public record Quarantine(long total, List<UnreadableFile> files) {
    public Quarantine {
      files = List.copyOf(files);
      if (total < files.size()) {
        throw new IllegalArgumentException(
            "%d bad files are listed, but only %d counted".formatted(files.size(), total));
      }
    }

    public static Quarantine none() {
      return new Quarantine(0, List.of());
    }
  }

  /**
   * A file that could not be read.
   *
   * @param bytes its size; negative if that is not known
   * @param reason a short kind, for example "truncated"
   * @param detail what was found
   */
  public record UnreadableFile(String path, long bytes, String reason, String detail) {}
}
