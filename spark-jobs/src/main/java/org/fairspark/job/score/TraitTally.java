package org.fairspark.job.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.fairspark.image.ImageTraits.Trait;
import org.fairspark.metrics.ScoreDrift;
import org.fairspark.metrics.ValueCounts;
import org.fairspark.store.model.KnownTraits;
import org.fairspark.store.table.CategoryScores;
import org.fairspark.store.table.ScoresTable;

/** The brightness, contrast and sharpness of scored images, counted; merges by addition. */
final class TraitTally implements Serializable {
  private final Map<Trait, ValueCounts> values = new EnumMap<>(Trait.class);

  /** Counts a row's; those of earlier versions have none. */
  void add(Row row) {
    for (Trait trait : Trait.values()) {
      Float value = row.getAs(column(trait));
      if (value != null) {
        values.computeIfAbsent(trait, t -> new ValueCounts()).add(value);
      }
    }
  }

  private static String column(Trait trait) {
    return switch (trait) {
      case BRIGHTNESS -> ScoresTable.BRIGHTNESS;
      case CONTRAST -> ScoresTable.CONTRAST;
      case SHARPNESS -> ScoresTable.SHARPNESS;
    };
  }

  void merge(TraitTally other) {
    other.values.forEach(
        (trait, counts) -> values.computeIfAbsent(trait, t -> new ValueCounts()).merge(counts));
  }

  /**
   * Compares the images with those that a model was calibrated with.
   *
   * @param tolerated share of images that may have any
   */
  Comparison compare(KnownTraits known, double tolerated) {
    List<String> changed = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (Trait trait : Trait.values()) {
      ValueCounts before = known.values().get(trait);
      ValueCounts now = values.get(trait);
      if (before == null || now == null) {
        continue;
      }
      ScoreDrift drift = ScoreDrift.between(before, now, tolerated);
      if (drift.isDrift()) {
        changed.add(
            String.format(
                Locale.ROOT,
                "%s (%s %.3g, held-out ones' %.3g)",
                drift.higher() ? trait.above() : trait.below(),
                trait.word(),
                now.median(),
                before.median()));
      } else {
        same.add(trait.word());
      }
    }
    return new Comparison(changed, same);
  }

  /**
   * A comparison of images with those that a model was calibrated with.
   *
   * @param changed traits that differ, in words with their medians
   * @param same names of the others that both know
   */
  record Comparison(List<String> changed, List<String> same) {
    static final Comparison NONE = new Comparison(List.of(), List.of());

    Comparison {
      changed = List.copyOf(changed);
      same = List.copyOf(same);
    }

    /** Returns it in words; empty where nothing was compared. */
    String describe() {
      if (!changed.isEmpty()) {
        return CategoryScores.DIFFERENT + String.join(", ", changed);
      }
      return same.isEmpty() ? "" : String.join(", ", same) + " of images are as they were";
    }
  }
}
