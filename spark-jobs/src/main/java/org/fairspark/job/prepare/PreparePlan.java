package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.fairspark.config.FairConfig;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.dataset.DatasetReader;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.dataset.ImageListing;
import org.fairspark.dataset.TextureListing;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.QuarantineTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableSpec;
import org.fairspark.store.table.TableWriter;
import org.fairspark.text.HumanUnits;

/**
 * The plan of {@code prepare}: the listed images, the provenance of each table, and the tables that
 * are there already.
 *
 * @param textures listed texture files; nothing where textures come from the training images or
 *     none are needed
 * @param images provenance of {@code images/} and {@code quarantine/}
 * @param samples provenance of {@code samples/}
 * @param imagesTable the table, if it is there as wanted
 * @param samplesTable the table, if it is there as wanted
 */
public record PreparePlan(
    FairConfig config,
    ImageListing listing,
    Optional<TextureListing> textures,
    Provenance images,
    Provenance samples,
    Optional<Table> imagesTable,
    Optional<Table> samplesTable) {

  /**
   * Lists the data and looks at the output; nothing is written.
   *
   * @throws org.fairspark.failure.FairException if the data cannot be used
   * @throws org.fairspark.failure.FairException if the output holds something else
   */
  static PreparePlan make(SparkSession spark, FairConfig config, OutputRoot root) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    ImageListing listing = new DatasetReader(context).list(config.data());
    root.requireApartFrom(listing.root());
    listing.requireTraining();
    Optional<TextureListing> textures =
        config.corruption().recipe() == CorruptionRecipe.NONE
            ? Optional.empty()
            : config.corruption().textures().map(folder -> TextureListing.of(context, folder));
    Provenance images = imagesFrom(config, listing);
    Provenance samples = samplesFrom(config, images, textures);
    Optional<Table> imagesTable = existing(root, ImagesTable.SPEC, images);
    Optional<Table> samplesTable = existing(root, SamplesTable.SPEC, samples);
    existing(root, QuarantineTable.SPEC, images);
    return new PreparePlan(config, listing, textures, images, samples, imagesTable, samplesTable);
  }

  private static Optional<Table> existing(OutputRoot root, TableSpec spec, Provenance provenance) {
    return TableWriter.existing(root, spec, provenance);
  }

  private static Provenance imagesFrom(FairConfig config, ImageListing listing) {
    Map<String, String> values = new TreeMap<>(config.effective("data.layout", "image.size"));
    values.put("data.root", listing.root());
    // All categories by default are the same as all by name.
    values.put("data.categories", listing.counts().keySet().toString());
    values.put(
        "images in data.root",
        "%d images of %d bytes (fingerprint %s)"
            .formatted(
                listing.entries().size(), listing.bytes(), listing.fingerprint().substring(0, 32)));
    return Provenance.of(values);
  }

  private static Provenance samplesFrom(
      FairConfig config, Provenance images, Optional<TextureListing> textures) {
    Map<String, String> values = new TreeMap<>(images.values());
    values.putAll(config.effective("filter", "corruption", "seed"));
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

  /** Returns whether both tables are there. */
  boolean isDone() {
    return imagesTable.isPresent() && samplesTable.isPresent();
  }

  int trainingImages() {
    return listing.counts().values().stream().mapToInt(ImageListing.Counts::train).sum();
  }

  /** Returns the plan as human-readable lines. */
  List<String> lines(SparkSession spark, OutputRoot root, int parts) {
    int size = config.image().size();
    List<String> lines = new ArrayList<>();
    lines.add("data     %s".formatted(listing.root()));
    lines.add("output   %s".formatted(root.path()));
    int width = listing.counts().keySet().stream().mapToInt(String::length).max().orElse(8);
    String row = "%-" + Math.max(8, width) + "s  %9s  %9s  %14s  %12s";
    lines.add(row.formatted("category", "train", "test good", "test anomalous", "without mask"));
    listing
        .counts()
        .forEach(
            (category, c) ->
                lines.add(
                    row.formatted(
                        category, c.train(), c.testGood(), c.testAnomalous(), c.lackingMask())));
    int partitions = ImageChunks.cut(listing.entries(), ImagesStage.rowBytes(size), parts).size();
    lines.add(
        table(imagesTable, ImagesTable.SPEC, listing.entries().size(), ImagesStage.rowBytes(size))
            + ", %s read in %d partition(s)"
                .formatted(HumanUnits.bytes(listing.bytes()), partitions));
    lines.add(
        table(
            samplesTable,
            SamplesTable.SPEC,
            (long) trainingImages() * config.corruption().variants(),
            SamplesStage.rowBytes(config)));
    lines.add(
        "memory   about %s for each executor (%s)"
            .formatted(
                HumanUnits.bytes(memory(spark.sparkContext())), memoryNote(spark.sparkContext())));
    return lines;
  }

  private static String table(Optional<Table> existing, TableSpec spec, long rows, long rowBytes) {
    return "%-8s %s"
        .formatted(
            spec.name() + "/",
            existing.isPresent()
                ? "up to date, %d rows, %s"
                    .formatted(
                        existing.get().manifest().rows(),
                        HumanUnits.bytes(existing.get().manifest().bytes()))
                : "%d rows, at most about %s".formatted(rows, HumanUnits.bytes(rows * rowBytes)));
  }

  private static int tasksAtOnce(SparkContext spark) {
    int perExecutor =
        spark.isLocal()
            ? spark.defaultParallelism()
            : spark.conf().getInt("spark.executor.cores", 1);
    return Math.max(1, perExecutor / spark.conf().getInt("spark.task.cpus", 1));
  }

  /**
   * Returns the bytes of the largest file and of what it decodes to (about twelve times as much for
   * a JPEG, at most the limit of the decoder), two row groups and a batch of rows for each task;
   * textures once.
   */
  private long memory(SparkContext spark) {
    long largest = listing.entries().stream().mapToLong(ImageEntry::length).max().orElse(0);
    long decoded = Math.min(12 * largest, 300_000_000L);
    long rows = 2 * (16L << 20) + 64 * SamplesStage.rowBytes(config);
    return (400L << 20) + (256L << 20) + tasksAtOnce(spark) * (largest + decoded + rows);
  }

  private static String memoryNote(SparkContext spark) {
    return tasksAtOnce(spark) + " task(s) at a time";
  }
}
