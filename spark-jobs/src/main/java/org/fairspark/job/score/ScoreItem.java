package org.fairspark.job.score;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.store.table.ScoresTable;

/**
 * An image of the listing and what is known of it before it is read.
 *
 * @param category null if its path tells none that there is a model of
 * @param fingerprint of what it would be scored with
 * @param reason why it cannot be scored whatever it holds, or null
 * @param message the same in a sentence, or null
 * @param previousSha256 of its bytes when it was last scored so, or null
 */
record ScoreItem(
    ImageItem image,
    String category,
    String fingerprint,
    Reason reason,
    String message,
    String previousSha256)
    implements Serializable {
  static final String PREVIOUS_SHA256 = "previous_sha256";
  private static final String TIME = "modification_millis";

  static ScoreItem found(ImageItem image, String category, String fingerprint) {
    return category == null
        ? bad(
            image,
            null,
            fingerprint,
            Reason.NO_MODEL,
            "no folder of its path is the name of a model; see score.category")
        : new ScoreItem(image, category, fingerprint, null, null, null);
  }

  static ScoreItem bad(
      ImageItem image, String category, String fingerprint, Reason reason, String message) {
    return new ScoreItem(image, category, fingerprint, reason, message, null);
  }

  /** The columns of a listing, without the previous hash. */
  static StructType schema() {
    DataType text = DataTypes.StringType;
    return new StructType()
        .add(ScoresTable.PATH, text, false)
        .add(ScoresTable.NAME_BELOW_ROOT, text, false)
        .add(ScoresTable.KIND, text, false)
        .add(ScoresTable.FILE, text, false)
        .add(ScoresTable.MEMBER, text, false)
        .add(ScoresTable.POSITION, DataTypes.LongType, false)
        .add(ScoresTable.SKIP, DataTypes.IntegerType, false)
        .add(ScoresTable.LENGTH, DataTypes.LongType, false)
        .add(TIME, DataTypes.LongType, false)
        .add(ScoresTable.VERSION, text, false)
        .add(ScoresTable.CATEGORY, text, true)
        .add(ScoresTable.FINGERPRINT, text, false)
        .add(ScoresTable.REASON, text, true)
        .add(ScoresTable.MESSAGE, text, true);
  }

  Row toRow() {
    return RowFactory.create(
        image.path(),
        image.name(),
        image.kind().name(),
        image.file(),
        image.member(),
        image.position(),
        image.skip(),
        image.length(),
        image.modificationTime(),
        image.version(),
        category,
        fingerprint,
        reason == null ? null : reason.name(),
        message);
  }

  /** An item from a row that also has the previous hash. */
  static ScoreItem of(Row row) {
    return new ScoreItem(
        new ImageItem(
            row.getAs(ScoresTable.PATH),
            row.getAs(ScoresTable.NAME_BELOW_ROOT),
            ArchiveKind.valueOf(row.getAs(ScoresTable.KIND)),
            row.getAs(ScoresTable.FILE),
            row.getAs(ScoresTable.MEMBER),
            row.<Long>getAs(ScoresTable.POSITION),
            row.<Integer>getAs(ScoresTable.SKIP),
            row.<Long>getAs(ScoresTable.LENGTH),
            row.<Long>getAs(TIME),
            row.getAs(ScoresTable.VERSION)),
        row.getAs(ScoresTable.CATEGORY),
        row.getAs(ScoresTable.FINGERPRINT),
        reason(row.getAs(ScoresTable.REASON)),
        row.getAs(ScoresTable.MESSAGE),
        row.getAs(PREVIOUS_SHA256));
  }

  private static Reason reason(String name) {
    return name == null ? null : Reason.valueOf(name);
  }
}
