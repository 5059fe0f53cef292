package org.fairspark.job.score;

import java.io.Serializable;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;

/**
 * The files that a listing met.
 *
 * @param images entries of single images
 * @param archives entries of archives
 * @param left the other files; each folder and archive has at most one entry of them
 */
record ListingCounts(long images, long archives, Omissions left) implements Serializable {
  static final ListingCounts NOTHING = new ListingCounts(0, 0, Omissions.NONE);

  /** Returns the counts with one more entry, by its kind and message. */
  ListingCounts plus(String kind, String message) {
    return switch (kind) {
      case ScoreItem.FOLDER -> this;
      case ScoreItem.LEFT_OUT ->
          new ListingCounts(images, archives, left.plus(LeftOut.omissions(message)));
      default ->
          kind.equals(ArchiveKind.FILE.name())
              ? new ListingCounts(images + 1, archives, left)
              : new ListingCounts(images, archives + 1, left);
    };
  }

  ListingCounts plus(ListingCounts other) {
    return new ListingCounts(
        images + other.images, archives + other.archives, left.plus(other.left));
  }

  /**
   * Returns the account of the files below the root, of which these are the counts.
   *
   * @param listed the whole listing
   * @param leftMembers what was left out in archives
   */
  ArchiveAccount account(ScorePlan.Counted listed, Omissions leftMembers) {
    // A closed folder has an entry as a file has, and is told among what is left out.
    long closed = left.folders(Omission.NO_ACCESS);
    long broken = listed.unopened() - closed;
    return new ArchiveAccount(
        images - closed, archives, broken, left, listed.rows() - images - broken, leftMembers);
  }
}
