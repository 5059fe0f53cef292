package org.fairspark.job.score;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fairspark.files.Omissions;
import org.fairspark.files.TreeRoot;

/**
 * A listing on the driver, as {@link ArchiveListing} makes it on the executors.
 *
 * @param images in files and archives
 * @param met files below the root
 * @param leftMembers what was left out in archives
 */
record SmallListing(List<ScoreItem> images, ListingCounts met, Omissions leftMembers) {
  /** Folders beyond which executors list sooner, where each costs a request. */
  private static final int MAX_FOLDERS = 64;

  /** Folders of a local disk. */
  private static final int MAX_LOCAL_FOLDERS = 10_000;

  /** Bytes of archives that are read through on the driver. */
  private static final long MAX_ARCHIVE_BYTES = 64L << 20;

  /**
   * Lists.
   *
   * @param most images; nothing is returned where there are more, or where executors would list
   *     sooner
   */
  static Optional<SmallListing> of(FolderRows folders, MemberRows members, int most) {
    String root = folders.root();
    int mostFolders = root.startsWith("file:") ? MAX_LOCAL_FOLDERS : MAX_FOLDERS;
    List<ScoreItem> images = new ArrayList<>();
    List<ScoreItem> archives = new ArrayList<>();
    ListingCounts met = ListingCounts.NOTHING;
    long archiveBytes = 0;
    int listed = 0;
    List<FolderRows.Folder> level = List.of(FolderRows.Folder.ROOT);
    for (int depth = 0; !level.isEmpty(); depth++) {
      TreeRoot.requireDepth(depth, root, level.get(0).name());
      List<FolderRows.Folder> next = new ArrayList<>();
      for (FolderRows.Folder folder : level) {
        if (++listed > mostFolders) {
          return Optional.empty();
        }
        Iterator<ListedEntry> entries = folders.list(folder);
        while (entries.hasNext()) {
          ListedEntry entry = entries.next();
          met = met.plus(entry.kind(), entry.item().message());
          if (entry.isFolder()) {
            next.add(entry.toFolder());
          } else if (entry.isImage()) {
            images.add(entry.item());
          } else if (!entry.isLeftOut()) {
            archives.add(entry.item());
            archiveBytes += entry.item().image().length();
          }
          if (images.size() + next.size() > most || archiveBytes > MAX_ARCHIVE_BYTES) {
            return Optional.empty();
          }
        }
      }
      level = next;
    }
    return withMembers(images, archives, met, members, most);
  }

  /**
   * Looks for the images that a table names.
   *
   * @param most images; nothing is returned where there are more, or where executors would list
   *     archives sooner
   */
  static Optional<SmallListing> of(
      TableListing table, ListingAssignment assignment, MemberRows members, int most) {
    if (table.named().size() > most) {
      return Optional.empty();
    }
    List<ScoreItem> images = new ArrayList<>();
    List<ScoreItem> archives = new ArrayList<>();
    ListingCounts met = ListingCounts.NOTHING;
    for (ListedEntry entry : table.files(assignment)) {
      met = met.plus(entry.kind(), entry.item().message());
      (entry.isImage() ? images : archives).add(entry.item());
    }
    if (archives.stream().mapToLong(a -> a.image().length()).sum() > MAX_ARCHIVE_BYTES) {
      return Optional.empty();
    }
    Optional<SmallListing> listing = withMembers(images, archives, met, members, most);
    listing.ifPresent(
        small -> {
          Set<String> found = new HashSet<>();
          small.images().forEach(item -> found.add(item.image().path()));
          table.absentMembers(found, assignment).forEach(entry -> small.images().add(entry.item()));
        });
    return listing;
  }

  /** Adds what archives hold. */
  private static Optional<SmallListing> withMembers(
      List<ScoreItem> images,
      List<ScoreItem> archives,
      ListingCounts met,
      MemberRows members,
      int most) {
    ListingCounts inArchives = ListingCounts.NOTHING;
    for (ScoreItem archive : archives) {
      Iterator<ListedEntry> entries = members.list(archive);
      while (entries.hasNext()) {
        ListedEntry entry = entries.next();
        inArchives = inArchives.plus(entry.kind(), entry.item().message());
        if (!entry.isLeftOut()) {
          images.add(entry.item());
        }
        if (images.size() > most) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new SmallListing(images, met, inArchives.left()));
  }
}
