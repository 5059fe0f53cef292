package org.fairspark.job.score;

import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.fairspark.anomaly.BilinearUpsampling;
import org.fairspark.archive.ImageItem;
import org.fairspark.calibration.NormalizedScore;
import org.fairspark.config.ScoreConfig;
import org.fairspark.detect.Localization;
import org.fairspark.image.FloatImage;
import org.fairspark.store.table.Float16Codec;
import org.fairspark.store.table.ScoresTable;

/** Rows of {@link ScoresTable}, in the order of its schema. */
final class ScoreRows {
  /** Maps of tiled images are kept smaller: they are for looking, and rows stay small. */
  private static final int MAX_MAP = 1024;

  private final String run;

  ScoreRows(String run) {
    this.run = run;
  }

  /** The row of an image that was scored. */
  Row scored(
      ScoreItem item, ScoringModel model, FloatImage map, int height, int width, String sha256) {
    Localization found =
        model.pixelThreshold() == null
            ? Localization.of(map, height, width)
            : Localization.of(map, model.pixelThreshold(), height, width);
    Float threshold = model.threshold();
    String decision =
        threshold == null
            ? ScoresTable.UNCALIBRATED
            : found.score() > threshold ? ScoresTable.SUSPICIOUS : ScoresTable.NORMAL;
    boolean keep =
        model.maps() == ScoreConfig.Maps.ALL
            || model.maps() == ScoreConfig.Maps.SUSPICIOUS
                && decision.equals(ScoresTable.SUSPICIOUS);
    FloatImage kept = keep ? small(map) : null;
    ImageItem image = item.image();
    return RowFactory.create(
        image.path(),
        image.name(),
        item.category(),
        decision,
        found.score(),
        threshold == null ? null : NormalizedScore.of(found.score(), threshold),
        threshold,
        model.pixelThreshold(),
        found.peakX(),
        found.peakY(),
        width,
        height,
        found.area() < 0 ? null : found.area(),
        found.area() < 0 ? null : found.regionCount(),
        found.area() < 0 ? null : regions(found),
        null,
        null,
        model.id(),
        run,
        Timestamp.from(Instant.now()),
        image.length(),
        new Timestamp(image.modificationTime()),
        image.version(),
        sha256,
        item.fingerprint(),
        image.kind().name(),
        image.file(),
        image.member(),
        image.position(),
        image.skip(),
        kept == null ? null : Float16Codec.of(kept.values()),
        kept == null ? null : kept.height(),
        kept == null ? null : kept.width());
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

  /** The row of an image that could not be scored. */
  Row unreadable(ScoreItem item, String reason, String message, String sha256) {
    ImageItem image = item.image();
    return RowFactory.create(
        image.path(),
        image.name(),
        item.category(),
        ScoresTable.UNREADABLE,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        reason,
        message,
        null,
        run,
        Timestamp.from(Instant.now()),
        image.length(),
        new Timestamp(image.modificationTime()),
        image.version(),
        sha256,
        item.fingerprint(),
        image.kind().name(),
        image.file(),
        image.member(),
        image.position(),
        image.skip(),
        null,
        null,
        null);
  }
}
