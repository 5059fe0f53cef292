package org.fairspark.job.score;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.Iterator;
import org.apache.hadoop.security.AccessControlException;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.FolderEntries;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;
import org.fairspark.files.RetryPolicy;
import org.fairspark.files.RetryingIterator;
import org.fairspark.files.WholeFileReader;

/**
 * A function that lists single folders: an entry for each image, archive and folder in it, and one
 * for all that is left out. A folder that is closed to this user is an entry that cannot be read.
 */
record FolderRows(
    ListingSource hadoop,
    String root,
    ListingAssignment assignment,
    int attempts,
    ListingCounter listed)
    implements Serializable {

  /**
   * A folder to list.
   *
   * @param name relative to the data root, empty for the root itself
   * @param omission why nothing below it is used, so that its files are only counted; or null
   */
  record Folder(String name, Omission omission) implements Serializable {
    static final Folder ROOT = new Folder("", null);

    /** Returns the folder of a name and the name of an omission, or null. */
    static Folder of(String name, String omission) {
      return new Folder(name, omission == null ? null : Omission.valueOf(omission));
    }
  }

  Iterator<ListedEntry> list(Folder folder) {
    return new Entries(folder);
  }

  private final class Entries extends AbstractIterator<ListedEntry> {
    private final Folder folder;
    private final Iterator<FolderEntries.Entry> entries;
    private final Omissions.Counter left = new Omissions.Counter();
    private boolean listedAll;
    private boolean ended;

    Entries(Folder folder) {
      this.folder = folder;
      this.entries =
          new RetryingIterator<>(
              () -> FolderEntries.open(hadoop.get(), root, folder.name()),
              RetryPolicy.of(attempts));
    }

    @Override
    protected ListedEntry computeNext() {
      try {
        while (!listedAll && entries.hasNext()) {
          ListedEntry entry = entry(entries.next());
          if (entry != null) {
            return entry;
          }
        }
      } catch (UncheckedIOException e) {
        listedAll = true;
        return unlisted(e.getCause());
      }
      if (ended) {
        return null;
      }
      ended = true;
      Omissions sum = left.sum();
      return sum.groups().isEmpty() ? null : ListedEntry.leftOut(place(), sum);
    }

    /** Returns an entry, or null for a file that is left out, which is counted. */
    private ListedEntry entry(FolderEntries.Entry entry) {
      Omission omission = folder.omission() != null ? folder.omission() : entry.omission();
      if (entry.isListed()) {
        return ListedEntry.folder(item(ArchiveKind.FILE, entry), omission);
      }
      if (entry.folder() && entry.omission() == Omission.SNAPSHOT) {
        left.folder(Omission.SNAPSHOT, entry.name());
        return null;
      }
      if (omission == null && PathNames.isBelowMasks(entry.name())) {
        omission = Omission.IN_MASKS_FOLDER;
      }
      String file = PathNames.last(entry.name());
      ArchiveKind kind = omission == null ? ArchiveKind.of(file).orElse(null) : null;
      if (kind == null) {
        left.file(
            omission != null ? omission : PathNames.omissionOfKind(file).orElseThrow(),
            entry.name());
        return null;
      }
      if (kind == ArchiveKind.FILE) {
        listed.add(1);
      }
      return ListedEntry.of(assignment.of(item(kind, entry)));
    }

    private ImageItem item(ArchiveKind kind, FolderEntries.Entry entry) {
      return ImageItem.of(kind, root, entry.name(), entry.length(), entry.modificationTime());
    }

    private ImageItem place() {
      return ImageItem.of(ArchiveKind.FILE, root, folder.name(), 0, 0);
    }

    private ListedEntry unlisted(IOException cause) {
      String place = PathNames.join(root, folder.name());
      boolean closed =
          cause instanceof AccessDeniedException || cause instanceof AccessControlException;
      if (!closed) {
        throw WholeFileReader.failure(place, cause);
      }
      if (folder.name().isEmpty()) {
        throw FairException.refused(
            "this user may not list data.root", place, "give it the right to read the folder");
      }
      listed.add(1);
      left.folder(Omission.NO_ACCESS, folder.name());
      return ListedEntry.of(
          assignment.of(place()).unreadable(Reason.NO_ACCESS, "this user may not list the folder"));
    }
  }
}
