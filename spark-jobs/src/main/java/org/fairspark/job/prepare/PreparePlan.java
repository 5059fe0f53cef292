package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.DatasetReader;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.dataset.ImageListing;
import org.fairspark.dataset.TextureListing;
import org.fairspark.frequency.FrequencyFilter;
import org.fairspark.image.ImageSize;
import org.fairspark.runtime.ExpectedImages;
import org.fairspark.runtime.JobPlan;
import org.fairspark.spark.ClusterShape;
import org.fairspark.spark.LazySpark;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.QuarantineTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableSpec;
import org.fairspark.store.table.TableWriter;
import org.fairspark.text.HumanUnits;
import org.fairspark.text.TextTable;

/**
 * The work of {@code prepare}: the listed images, the tables to make of them, and which of those
 * are there already.
 *
 * @param output the output root
 * @param textures listed texture files; nothing where textures come from the training images or
 *     none are needed
 * @param images provenance of {@code images/} and {@code quarantine/}
 * @param samples provenance of {@code samples/}
 * @param parts how many tasks to make at least
 * @param shape of the cluster
 */
public record PreparePlan(
    FairConfig config,
    OutputRoot output,
    ImageListing listing,
    Optional<TextureListing> textures,
    Provenance images,
    Provenance samples,
    int parts,
    ClusterShape shape)
    implements JobPlan {

  /**
   * Lists the data and looks at the output; nothing is written.
   *
   * @throws org.fairspark.failure.FairException if the data cannot be used, or the output holds
   *     something else
   */
  static PreparePlan make(LazySpark spark, FairConfig config, OutputRoot root, int parts) {
    Configuration hadoop = spark.hadoop();
    ImageListing listing = new DatasetReader(hadoop, spark::context).list(config.data());
    root.requireApartFrom(listing.root());
    listing.requireTraining();
    Optional<TextureListing> textures =
        config.corruption().recipe().takesTextures() && config.samplesPerImage() > 0
            ? config
                .corruption()
                .textures()
                .map(folder -> TextureListing.of(hadoop, spark::context, folder))
            : Optional.empty();
    Provenance images = imagesFrom(config, listing);
    Provenance samples = samplesFrom(config, images, textures);
    PreparePlan plan =
        new PreparePlan(config, root, listing, textures, images, samples, parts, spark.shape());
    plan.imagesTable();
    plan.samplesTable();
    TableWriter.existing(root, QuarantineTable.SPEC, images);
    return plan;
  }

  /**
   * Returns {@code images/}, if it is there as wanted.
   *
   * @throws org.fairspark.failure.FairException if the output holds another
   */
  Optional<Table> imagesTable() {
    return TableWriter.existing(output, ImagesTable.SPEC, images);
  }

  /**
   * Returns {@code samples/}, if it is there as wanted.
   *
   * @throws org.fairspark.failure.FairException if the output holds another
   */
  Optional<Table> samplesTable() {
    return TableWriter.existing(output, SamplesTable.SPEC, samples);
  }

  private static Provenance imagesFrom(FairConfig config, ImageListing listing) {
    Map<String, String> values = new TreeMap<>(config.effective("data.layout", "image"));
    values.put("data.root", listing.root());
    values.put("data.layout", listing.layout().toString());
    // All categories by default are the same as all by name.
    values.put("data.categories", listing.counts().keySet().toString());
    values.put(
        "images in data.root",
        "%d images of %d bytes (fingerprint %s)"
            .formatted(
                listing.whole().images(),
                listing.whole().bytes(),
                listing.whole().fingerprint().substring(0, 32)));
    listing
        .whole()
        .most()
        .ifPresent(most -> values.put("data.max-training-images", String.valueOf(most)));
    return Provenance.of(values);
  }

  private static Provenance samplesFrom(
      FairConfig config, Provenance images, Optional<TextureListing> textures) {
    Map<String, String> values = new TreeMap<>(images.values());
    if (config.samplesPerImage() == 0) {
      values.put(PreparedTables.SAMPLES, PreparedTables.NONE);
      return Provenance.of(values);
    }
    values.putAll(config.effective("filter", "corruption", "samples", "seed"));
    if (textures.isPresent()) {
      TextureListing listing = textures.get();
      values.put("corruption.textures", listing.root());
      values.put(
          "images in corruption.textures",
          "%d images (fingerprint %s)"
              .formatted(listing.names().size(), listing.fingerprint().substring(0, 32)));
    }
    return Provenance.of(values);
  }

  /** Returns the images that are to be made; nothing where all are there. */
  @Override
  public Optional<ExpectedImages> leaves() {
    if (imagesTable().isPresent() && samplesTable().isPresent()) {
      return Optional.empty();
    }
    SortedMap<String, Long> train = new TreeMap<>();
    SortedMap<String, Long> calibration = new TreeMap<>();
    SortedMap<String, Long> test = new TreeMap<>();
    listing
        .counts()
        .forEach(
            (category, counts) -> {
              train.put(category, (long) counts.train());
              if (counts.calibration() > 0) {
                calibration.put(category, (long) counts.calibration());
              }
              test.put(category, (long) counts.testGood() + counts.testAnomalous());
            });
    return Optional.of(new ExpectedImages(train, calibration, test));
  }

  /** Returns what lies below the data root and the folder of textures, and was made of it. */
  List<String> dataLines() {
    List<String> lines = new ArrayList<>(listing.lines());
    if (config.samplesPerImage() > 0) {
      if (textures.isPresent()) {
        lines.addAll(textures.get().lines());
      } else if (config.corruption().recipe().takesTextures()) {
        lines.add("textures those of the training images, as corruption.textures names no folder");
      }
      strongFilter().ifPresent(lines::add);
    }
    return lines;
  }

  /** Returns what a filter leaves whose cutoff is above all frequencies of such small images. */
  private Optional<String> strongFilter() {
    ImageSize size = config.image().size();
    double highest = size.longer() / Math.sqrt(2);
    return config.extractor() instanceof FrequencyFilter filter
            && config.filter().cyclesPerImage(size) >= highest
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "filter   passes at most %.0f %% of any frequency of image.size = %s, which go up"
                    + " to %.1f cycles per image: give a smaller filter.cutoff or larger images",
                100 * filter.gain(highest),
                size,
                highest))
        : Optional.empty();
  }

  int trainingImages() {
    return listing.counts().values().stream().mapToInt(ImageListing.Counts::train).sum();
  }

  @Override
  public List<String> lines() {
    ImageSize size = config.image().size();
    List<String> lines = new ArrayList<>();
    lines.add("data     %s".formatted(listing.root()));
    lines.add("output   %s".formatted(output.path()));
    TextTable table =
        new TextTable("category", "train", "test good", "test anomalous", "without mask");
    listing
        .counts()
        .forEach(
            (category, c) ->
                table.row(category, c.train(), c.testGood(), c.testAnomalous(), c.lackingMask()));
    lines.addAll(table.lines());
    listing
        .counts()
        .forEach(
            (category, c) -> {
              if (c.calibration() > 0) {
                lines.add(
                    "%s: %d calibration images set the thresholds"
                        .formatted(category, c.calibration()));
              }
            });
    if (config.samplesPerImage() > 0) {
      lines.add("filter   " + config.extractor().describe());
    }
    lines.addAll(TilesPlan.of(config, output.fileSystem().getConf()).lines(listing));
    lines.addAll(dataLines());
    int partitions = ImageChunks.cut(listing.entries(), ImagesStage.rowBytes(size), parts).size();
    long images = listing.entries().size();
    lines.add(
        table(
                imagesTable(),
                ImagesTable.SPEC,
                images,
                config.image().tiles()
                    ? "each as large as its image"
                    : atMost(images * ImagesStage.rowBytes(size)))
            + ", %s read in %d partition(s)"
                .formatted(HumanUnits.bytes(listing.bytes()), partitions));
    lines.add(
        "depth    of 16-bit files: "
            + config.image().bitDepth().stream()
                .mapToObj("%d bits (image.bit-depth)"::formatted)
                .findFirst()
                .orElse(
                    "what they say, else what the largest sample of a category's training images"
                        + " takes (image.bit-depth = auto)"));
    lines.add(
        "offset   of 16-bit files: "
            + config.image().sampleOffset().stream()
                .mapToObj("%d (image.sample-offset)"::formatted)
                .findFirst()
                .orElse(
                    "none, or what makes a category's training images positive"
                        + " (image.sample-offset = auto)"));
    long samples = (long) trainingImages() * config.samplesPerImage();
    lines.add(
        config.samplesPerImage() == 0
            ? "samples/ empty, as %s learns from the images"
                .formatted(config.detectionMethod().name())
            : table(
                samplesTable(),
                SamplesTable.SPEC,
                samples,
                atMost(samples * SamplesStage.rowBytes(config))));
    lines.add(
        "memory   about %s for each executor (%d task(s) at a time)"
            .formatted(HumanUnits.bytes(memoryEstimate().heapBytes()), shape.tasksPerExecutor()));
    return lines;
  }

  /** Returns an estimate by the largest file; a file may decode to less, so nothing is refused. */
  private MemoryPlan memoryEstimate() {
    long largest = listing.entries().stream().mapToLong(ImageEntry::length).max().orElse(0);
    return MemoryPlan.ofPreparing(largest, SamplesStage.rowBytes(config), shape.tasksPerExecutor());
  }

  private static String atMost(long bytes) {
    return "at most about " + HumanUnits.bytes(bytes);
  }

  private static String table(Optional<Table> existing, TableSpec spec, long rows, String size) {
    return "%-8s %s"
        .formatted(
            spec.name() + "/",
            existing.isPresent()
                ? "up to date, %d rows, %s"
                    .formatted(
                        existing.get().manifest().rows(),
                        HumanUnits.bytes(existing.get().manifest().bytes()))
                : "%d rows, %s".formatted(rows, size));
  }
}
