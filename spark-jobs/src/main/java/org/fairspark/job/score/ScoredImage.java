package org.fairspark.job.score;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.store.table.AnnotationColumns;
import org.fairspark.store.table.ScoresTable;

/**
 * A scored image as summaries need it.
 *
 * @param normalized null without a calibration
 * @param view empty where it is not known
 */
record ScoredImage(
    ImageItem image,
    String category,
    String decision,
    float score,
    Float normalized,
    String model,
    String view)
    implements Serializable {
  /** Highest score first; of equal ones by path, so that the order never depends on partitions. */
  static final Comparator<ScoredImage> HIGHEST_FIRST =
      Comparator.comparingDouble((ScoredImage i) -> -i.score).thenComparing(i -> i.image.path());

  /** Returns the names of the columns that images and sums are made from. */
  static List<String> names() {
    return List.of(
        ScoresTable.PATH,
        ScoresTable.NAME_BELOW_ROOT,
        ScoresTable.KIND,
        ScoresTable.FILE,
        ScoresTable.MEMBER,
        ScoresTable.POSITION,
        ScoresTable.SKIP,
        ScoresTable.LENGTH,
        ScoresTable.VERSION,
        ScoresTable.CATEGORY,
        ScoresTable.DECISION,
        ScoresTable.SCORE,
        ScoresTable.NORMALIZED,
        ScoresTable.MODEL,
        ScoresTable.REASON,
        ScoresTable.RUN,
        ScoresTable.BATCH,
        AnnotationColumns.VIEW,
        ScoresTable.BRIGHTNESS,
        ScoresTable.CONTRAST,
        ScoresTable.SHARPNESS);
  }

  static Column[] columns() {
    return names().stream().map(functions::col).toArray(Column[]::new);
  }

  static ScoredImage of(Row row) {
    return new ScoredImage(
        new ImageItem(
            row.getAs(ScoresTable.PATH),
            row.getAs(ScoresTable.NAME_BELOW_ROOT),
            ArchiveKind.valueOf(row.getAs(ScoresTable.KIND)),
            row.getAs(ScoresTable.FILE),
            row.getAs(ScoresTable.MEMBER),
            row.<Long>getAs(ScoresTable.POSITION),
            row.<Integer>getAs(ScoresTable.SKIP),
            row.<Long>getAs(ScoresTable.LENGTH),
            0,
            row.getAs(ScoresTable.VERSION)),
        row.getAs(ScoresTable.CATEGORY),
        row.getAs(ScoresTable.DECISION),
        row.<Float>getAs(ScoresTable.SCORE),
        row.getAs(ScoresTable.NORMALIZED),
        row.getAs(ScoresTable.MODEL),
        AnnotationColumns.view(row));
  }
}
