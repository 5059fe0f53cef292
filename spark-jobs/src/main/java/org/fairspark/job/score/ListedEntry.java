package org.fairspark.job.score;

import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.spark.MappedIterator;
import org.fairspark.text.Json;

/**
 * An entry of a listing: an image, an archive, a folder to list, or what was left out in one place.
 *
 * @param kind the name of an {@link ArchiveKind}, {@link ScoreItem#FOLDER} or {@link
 *     ScoreItem#LEFT_OUT}
 * @param item the image or archive; else the place, with what is to be told of it as its message
 */
record ListedEntry(String kind, ScoreItem item) {
  static ListedEntry of(ScoreItem item) {
    return new ListedEntry(item.image().kind().name(), item);
  }

  /** Returns the entry of a folder, with why nothing below it is used, or null. */
  static ListedEntry folder(ImageItem place, Omission omission) {
    return new ListedEntry(
        ScoreItem.FOLDER, ScoreItem.place(place, omission == null ? null : omission.name()));
  }

  /**
   * Returns the entry of what was left out in one folder or archive: among the images, so that a
   * task that runs twice is counted once, as for them.
   */
  static ListedEntry leftOut(ImageItem place, Omissions omissions) {
    return new ListedEntry(
        ScoreItem.LEFT_OUT, ScoreItem.place(place, Json.line(omissions.toDetails())));
  }

  boolean isFolder() {
    return kind.equals(ScoreItem.FOLDER);
  }

  boolean isLeftOut() {
    return kind.equals(ScoreItem.LEFT_OUT);
  }

  /** Returns whether this is a file of a single image. */
  boolean isImage() {
    return kind.equals(ArchiveKind.FILE.name());
  }

  /** Returns the folder to list. */
  FolderRows.Folder toFolder() {
    return FolderRows.Folder.of(item.image().name(), item.message());
  }

  Row toRow() {
    return item.toRow(kind);
  }

  /** Returns entries as rows of {@link ScoreItem#schema}. */
  static Iterator<Row> rows(Iterator<ListedEntry> entries) {
    return new MappedIterator<>(entries, ListedEntry::toRow);
  }
}
