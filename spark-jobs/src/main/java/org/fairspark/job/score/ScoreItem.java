package org.fairspark.job.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.store.table.RowBuilder;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;

/**
 * An image of the listing and what is known of it before it is read.
 *
 * @param category null if its path tells none that there is a model of
 * @param fingerprint of what it would be scored with
 * @param reason why it cannot be scored whatever it holds, or null
 * @param message the reason in a sentence, or null
 * @param previous its row in {@code scores/}, or null
 */
record ScoreItem(
    ImageItem image,
    String category,
    String fingerprint,
    Reason reason,
    String message,
    Previous previous)
    implements Serializable {
  /** Column of a {@link Previous}, null where the image has no row. */
  static final String PREVIOUS = "previous";

  /** The {@link ScoresTable#KIND} of a folder. */
  static final String FOLDER = "FOLDER";

  /** The {@link ScoresTable#KIND} of a what was left out in one place. */
  static final String LEFT_OUT = "LEFT_OUT";

  private static final String TIME = "modification_millis";
  private static final StructType SCHEMA =
      new StructType()
          .add(ScoresTable.PATH, DataTypes.StringType, false)
          .add(ScoresTable.NAME_BELOW_ROOT, DataTypes.StringType, false)
          .add(ScoresTable.KIND, DataTypes.StringType, false)
          .add(ScoresTable.FILE, DataTypes.StringType, false)
          .add(ScoresTable.MEMBER, DataTypes.StringType, false)
          .add(ScoresTable.POSITION, DataTypes.LongType, false)
          .add(ScoresTable.SKIP, DataTypes.IntegerType, false)
          .add(ScoresTable.LENGTH, DataTypes.LongType, false)
          .add(TIME, DataTypes.LongType, false)
          .add(ScoresTable.VERSION, DataTypes.StringType, false)
          .add(ScoresTable.CATEGORY, DataTypes.StringType, true)
          .add(ScoresTable.FINGERPRINT, DataTypes.StringType, false)
          .add(ScoresTable.REASON, DataTypes.StringType, true)
          .add(ScoresTable.MESSAGE, DataTypes.StringType, true);

  /**
   * An image's row that a newer one is to replace.
   *
   * @param home the file that it lies in
   * @param fingerprint of what it was scored with
   * @param sha256 of its bytes, or null
   * @param run that scored it
   * @param decision it came to
   * @param decisionBefore the one before, or null
   */
  record Previous(
      String home,
      String fingerprint,
      String sha256,
      String run,
      String decision,
      String decisionBefore)
      implements Serializable {
    private static final StructType SCHEMA =
        new StructType()
            .add(ScoresStore.HOME, DataTypes.StringType)
            .add(ScoresTable.LENGTH, DataTypes.LongType)
            .add(ScoresTable.VERSION, DataTypes.StringType)
            .add(ScoresTable.FINGERPRINT, DataTypes.StringType)
            .add(ScoresTable.SHA256, DataTypes.StringType)
            .add(ScoresTable.RUN, DataTypes.StringType)
            .add(ScoresTable.DECISION, DataTypes.StringType)
            .add(ScoresTable.PREVIOUS_DECISION, DataTypes.StringType);

    /** Returns the columns of {@code scores/} that it is made of, beside the file. */
    static List<String> columns() {
      return Stream.concat(Stream.of(ScoresTable.PATH), Stream.of(SCHEMA.fieldNames()))
          .filter(name -> !name.equals(ScoresStore.HOME))
          .toList();
    }

    /** Returns the column {@link ScoreItem#PREVIOUS} of rows of {@code scores/}. */
    static Column column() {
      Column[] fields = Stream.of(SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new);
      return functions.struct(fields).as(PREVIOUS);
    }

    /** Returns that column of images that have no row. */
    static Column none() {
      return functions.lit(null).cast(SCHEMA).as(PREVIOUS);
    }

    /** Returns what a row says that has these columns; null for none. */
    static Previous of(Row row) {
      return row == null
          ? null
          : new Previous(
              row.getAs(ScoresStore.HOME),
              row.getAs(ScoresTable.FINGERPRINT),
              row.getAs(ScoresTable.SHA256),
              row.getAs(ScoresTable.RUN),
              row.getAs(ScoresTable.DECISION),
              row.getAs(ScoresTable.PREVIOUS_DECISION));
    }
  }

  /** Returns whether the row that the image has was made of these bytes in just this way. */
  boolean isScored(String sha256) {
    return previous != null
        && sha256.equals(previous.sha256())
        && fingerprint.equals(previous.fingerprint());
  }

  static ScoreItem found(ImageItem image, String category, String fingerprint) {
    return category == null
        ? new ScoreItem(
            image,
            null,
            fingerprint,
            Reason.NO_MODEL,
            "no folder of its path is the name of a model; see score.category",
            null)
        : new ScoreItem(image, category, fingerprint, null, null, null);
  }

  /** Returns this item with the row that it has, or null. */
  ScoreItem after(Previous row) {
    return new ScoreItem(image, category, fingerprint, reason, message, row);
  }

  /** Returns this item as one that cannot be scored. */
  ScoreItem unreadable(Reason why, String sentence) {
    return new ScoreItem(image, category, fingerprint, why, sentence, previous);
  }

  /**
   * Returns whether a row of a listing is that of a folder or an archive that cannot be opened. Of
   * a file only reading tells.
   */
  static Column isUnopened() {
    return col(ScoresTable.REASON)
        .isNotNull()
        .and(not(col(ScoresTable.REASON).isin(Reason.NO_MODEL.name(), Reason.GONE.name())));
  }

  /** Returns whether a row of a listing is that of an image whose category has no model. */
  static Column isWithoutModel() {
    return col(ScoresTable.REASON).equalTo(Reason.NO_MODEL.name());
  }

  /** Returns whether this is an image whose category has no model. */
  boolean hasNoModel() {
    return reason == Reason.NO_MODEL;
  }

  /** Returns whether this is a folder or an archive that cannot be opened. */
  boolean cannotBeOpened() {
    return reason != null && reason != Reason.NO_MODEL && reason != Reason.GONE;
  }

  /** Returns the columns of a listing, without the previous row. */
  static StructType schema() {
    return SCHEMA;
  }

  /** Returns a place that is no image, which a listing holds among the files. */
  static ScoreItem place(ImageItem place, String message) {
    return new ScoreItem(place, null, "", null, message, null);
  }

  /** Returns the row of an item of this {@link ScoresTable#KIND}. */
  Row toRow(String kind) {
    return new RowBuilder(SCHEMA)
        .set(ScoresTable.PATH, image.path())
        .set(ScoresTable.NAME_BELOW_ROOT, image.name())
        .set(ScoresTable.KIND, kind)
        .set(ScoresTable.FILE, image.file())
        .set(ScoresTable.MEMBER, image.member())
        .set(ScoresTable.POSITION, image.position())
        .set(ScoresTable.SKIP, image.skip())
        .set(ScoresTable.LENGTH, image.length())
        .set(TIME, image.modificationTime())
        .set(ScoresTable.VERSION, image.version())
        .set(ScoresTable.CATEGORY, category)
        .set(ScoresTable.FINGERPRINT, fingerprint)
        .set(ScoresTable.REASON, reason == null ? null : reason.name())
        .set(ScoresTable.MESSAGE, message)
        .build();
  }

  /** Returns the item of a row that also has the previous one. */
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
        Previous.of(row.getAs(PREVIOUS)));
  }

  private static Reason reason(String name) {
    return name == null ? null : Reason.valueOf(name);
  }
}
