package org.fairspark.job.score;

import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.archive.ImageItem;
import org.fairspark.calibration.NormalizedScore;
import org.fairspark.config.ScoreConfig;
import org.fairspark.detect.Localization;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageTraits;
import org.fairspark.store.table.Float16Codec;
import org.fairspark.store.table.RowBuilder;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/** Rows of {@link ScoresTable}, in the order of its schema. */
final class ScoreRows {
  /**
   * The longest side of a kept map in pixels: larger ones of tiled images are reduced, so that rows
   * stay small.
   */
  private static final int MAX_MAP = 1024;

  /** The most pixels of a kept map. */
  static final long MOST_PIXELS = (long) MAX_MAP * MAX_MAP;

  /** The table's columns and the file of the row that this one replaces. */
  static final StructType SCHEMA =
      ScoresTable.schema().add(ScoresStore.HOME, DataTypes.StringType, true);

  /**
   * An image's anomaly map.
   *
   * @param map {@code float[1][H][W]}
   * @param score of the image
   * @param traits of the image
   */
  record ScoredMap(FloatImage map, float score, ImageTraits traits) {}

  private final String run;
  private final int commit;

  ScoreRows(String run, int commit) {
    this.run = run;
    this.commit = commit;
  }

  /** Returns the row of an image that was scored. */
  Row scored(
      ScoreItem item, ScoringModel model, ScoredMap scored, int height, int width, String sha256) {
    FloatImage map = scored.map();
    float score = scored.score();
    Localization found =
        model.pixelThreshold() == null
            ? Localization.of(map, height, width)
            : Localization.of(map, model.pixelThreshold(), model.inspection(), height, width);
    Float threshold = model.threshold();
    String decision =
        threshold == null
            ? ScoresTable.UNCALIBRATED
            : score > threshold ? ScoresTable.SUSPICIOUS : ScoresTable.NORMAL;
    boolean keep =
        model.maps() == ScoreConfig.Maps.ALL
            || (model.maps() == ScoreConfig.Maps.SUSPICIOUS
                && decision.equals(ScoresTable.SUSPICIOUS));
    Float normalized = threshold == null ? null : NormalizedScore.of(score, threshold);
    RowBuilder row =
        common(item, decision, sha256)
            .set(ScoresTable.SCORE, score)
            .set(ScoresTable.NORMALIZED, normalized)
            .set(ScoresTable.THRESHOLD, threshold)
            .set(ScoresTable.PIXEL_THRESHOLD, model.pixelThreshold())
            .set(ScoresTable.PEAK_X, found.peakX())
            .set(ScoresTable.PEAK_Y, found.peakY())
            .set(ScoresTable.WIDTH, width)
            .set(ScoresTable.HEIGHT, height)
            .set(ScoresTable.MODEL, model.id())
            .set(ScoresTable.BRIGHTNESS, (float) scored.traits().brightness())
            .set(ScoresTable.CONTRAST, (float) scored.traits().contrast())
            .set(ScoresTable.SHARPNESS, (float) scored.traits().sharpness());
    if (found.area() >= 0) {
      row.set(ScoresTable.AREA, found.area())
          .set(ScoresTable.REGION_COUNT, found.regionCount())
          .set(ScoresTable.REGIONS, regions(found));
    }
    if (keep) {
      FloatImage kept = small(map);
      row.set(ScoresTable.MAP, Float16Codec.of(kept.values()))
          .set(ScoresTable.MAP_HEIGHT, kept.height())
          .set(ScoresTable.MAP_WIDTH, kept.width());
    }
    return row.build();
  }

  /** Returns the columns that rows of all decisions have. */
  private RowBuilder common(ScoreItem item, String decision, String sha256) {
    ImageItem image = item.image();
    return new RowBuilder(SCHEMA)
        .set(ScoresTable.PATH, image.path())
        .set(ScoresTable.NAME_BELOW_ROOT, image.name())
        .set(ScoresTable.CATEGORY, item.category())
        .set(ScoresTable.DECISION, decision)
        .set(ScoresTable.RUN, run)
        .set(ScoresTable.SCORED_AT, Timestamp.from(Instant.now()))
        .set(ScoresTable.LENGTH, image.length())
        .set(ScoresTable.MODIFICATION_TIME, new Timestamp(image.modificationTime()))
        .set(ScoresTable.VERSION, image.version())
        .set(ScoresTable.SHA256, sha256)
        .set(ScoresTable.FINGERPRINT, item.fingerprint())
        .set(ScoresTable.KIND, image.kind().name())
        .set(ScoresTable.FILE, image.file())
        .set(ScoresTable.MEMBER, image.member())
        .set(ScoresTable.POSITION, image.position())
        .set(ScoresTable.SKIP, image.skip())
        .set(ScoresTable.BATCH, commit)
        .set(ScoresTable.PREVIOUS_DECISION, before(item.previous()))
        .set(ScoresStore.HOME, item.previous() == null ? null : item.previous().home());
  }

  /** The decision of an earlier run, also where this run scores an image a second time. */
  private String before(ScoreItem.Previous previous) {
    if (previous == null) {
      return null;
    }
    return previous.run().equals(run) ? previous.decisionBefore() : previous.decision();
  }

  private static Object[] regions(Localization found) {
    return found.regions().stream()
        .map(r -> RowFactory.create(r.x(), r.y(), r.width(), r.height(), r.area(), r.peak()))
        .toArray();
  }

  private static FloatImage small(FloatImage map) {
    int longest = Math.max(map.height(), map.width());
    return longest <= MAX_MAP
        ? map
        : BilinearUpsampling.resize(
            map,
            Math.max(1, (int) ((long) map.height() * MAX_MAP / longest)),
            Math.max(1, (int) ((long) map.width() * MAX_MAP / longest)));
  }

  /** Returns the row of an image that could not be scored. */
  Row unreadable(ScoreItem item, Reason reason, String message, String sha256) {
    return common(item, ScoresTable.UNREADABLE, sha256)
        .set(ScoresTable.REASON, reason.name())
        .set(ScoresTable.MESSAGE, message)
        .build();
  }
}
