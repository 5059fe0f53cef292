package org.fairspark.job.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.FairException;
import org.fairspark.inference.CalibratedLevels;
import org.fairspark.network.InferenceEngine;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.metrics.EvaluationResults;
import org.fairspark.store.metrics.MetricsFile;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableWriter;

/**
 * The work that is left: what of maps and metrics is there.
 *
 * @param maps what the maps are to be made from
 * @param upToDate the maps, where they are there as wanted
 * @param differences of maps that are there and are to be made again
 * @param levels that decide
 * @param measured what the metrics are to be made from
 * @param results the metrics, where they are there as wanted
 */
record EvaluationWork(
    Provenance maps,
    Optional<Table> upToDate,
    List<String> differences,
    SortedMap<String, CalibratedLevels> levels,
    Provenance measured,
    Optional<EvaluationResults> results) {
  /** Raised where more is measured, so that metrics of before are measured again from maps. */
  private static final int METRICS = 3;

  /** Characters of a difference that are told: some are whole files. */
  private static final int TOLD = 120;

  /**
   * Looks at the output.
   *
   * @throws FairException if making the maps again would lose those of other categories
   */
  static EvaluationWork of(JobContext context, EvaluationInputs inputs, InferenceEngine engine) {
    OutputRoot root = context.root();
    Provenance maps = inputs.models().maps(inputs.images().manifest().fingerprint(), engine);
    SortedMap<String, CalibratedLevels> levels = inputs.models().levels();
    Provenance measured = measuredBy(maps, levels, context.config());
    List<String> differences = TableWriter.differences(root, MapsTable.SPEC, maps);
    if (!differences.isEmpty()) {
      requireNoneLost(context.config(), Table.open(root, MapsTable.SPEC));
      return new EvaluationWork(
          maps, Optional.empty(), differences, levels, measured, Optional.empty());
    }
    Optional<Table> there = TableWriter.existing(root, MapsTable.SPEC, maps);
    return new EvaluationWork(
        maps,
        there,
        differences,
        levels,
        measured,
        there.flatMap(table -> new MetricsFile(root).find(measured)));
  }

  /**
   * Returns what will become of maps that are there, before the models are that they are held
   * against; empty where there are none.
   */
  static Optional<String> outlook(OutputRoot root) {
    return Table.find(root, MapsTable.SPEC)
        .map(
            there ->
                "maps/ and metrics/ of before are kept if models, thresholds and settings of maps"
                    + " stay as they are; else they are made again, and replaced");
  }

  /** Making maps of some categories again must not remove those of others. */
  private static void requireNoneLost(FairConfig config, Table maps) {
    List<String> asked = config.data().categories();
    Set<String> lost = new TreeSet<>();
    maps.manifest().counts().forEach(part -> lost.add(part.values().get(MapsTable.CATEGORY)));
    asked.forEach(lost::remove);
    if (!asked.isEmpty() && !lost.isEmpty()) {
      throw FairException.refused(
          "maps/ and metrics/ are of %s, too, which would be lost by evaluating %s alone"
              .formatted(String.join(", ", lost), String.join(", ", asked)),
          maps.path().toString(),
          "set data.categories=all, or give another output.root, or remove that folder");
    }
  }

  /** Returns one human-readable line. */
  String line() {
    if (results.isPresent()) {
      return "maps and metrics are up to date, nothing to do";
    }
    if (upToDate.isPresent()) {
      return "maps/ is up to date, metrics are measured from it";
    }
    return differences.isEmpty()
        ? "maps/ and metrics/ are made"
        : "maps/ and metrics/ of before are made again, and replaced: "
            + String.join("; ", differences.stream().map(EvaluationWork::told).toList());
  }

  /** A setting that a table does not name had no effect: it was as by default. */
  private static String told(String line) {
    String key = line.replaceFirst(":.*", "");
    String byDefault = ConfigLoader.defaults().toFlatMap().getOrDefault(key, "nothing");
    String difference =
        line.replace(": there nothing,", ": there " + byDefault + ",")
            .replaceFirst("now nothing$", Matcher.quoteReplacement("now " + byDefault));
    return difference.length() <= TOLD ? difference : difference.substring(0, TOLD) + "...";
  }

  /** Returns what the metrics are made from, beside the maps. */
  private static Provenance measuredBy(
      Provenance maps, SortedMap<String, CalibratedLevels> levels, FairConfig config) {
    Provenance measured =
        maps.with("metrics", METRICS).with("levels", CalibratedLevels.identity(levels));
    List<String> changes = config.robustness().changes();
    return changes.isEmpty() ? measured : measured.with("changes", changes);
  }
}
