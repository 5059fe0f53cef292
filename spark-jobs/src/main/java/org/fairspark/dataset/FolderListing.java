package org.fairspark.dataset;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;
import org.fairspark.files.FolderEntries;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;

/**
 * The folders and images that lie directly in one folder.
 *
 * @param folders folders in it to list next
 * @param images image files in it
 * @param left files in it that cannot be used
 */
record FolderListing(List<Folder> folders, List<FileItem> images, Omissions left)
    implements Serializable {

  /**
   * A folder to list.
   *
   * @param name relative to the data root, empty for the root itself
   * @param omission why nothing below it is used, so that its files are only counted; or null
   */
  record Folder(String name, Omission omission) implements Serializable {
    static final Folder ROOT = new Folder("", null);
  }

  /**
   * Lists one folder; no file is opened. A folder that vanished meanwhile lists as empty, and one
   * that is closed to this user as left out.
   *
   * @param root the data root, qualified
   * @throws IOException if the file system fails, or the root itself is closed to this user
   */
  static FolderListing read(Configuration hadoop, String root, Folder folder) throws IOException {
    List<Folder> folders = new ArrayList<>();
    List<FileItem> images = new ArrayList<>();
    Omissions.Counter left = new Omissions.Counter();
    try (FolderEntries entries = FolderEntries.open(hadoop, root, folder.name())) {
      while (entries.hasNext()) {
        FolderEntries.Entry entry = entries.next();
        Omission omission = folder.omission() != null ? folder.omission() : entry.omission();
        if (entry.isListed()) {
          folders.add(new Folder(entry.name(), omission));
        } else if (entry.folder() && entry.omission() == Omission.SNAPSHOT) {
          left.folder(Omission.SNAPSHOT, entry.name());
        } else if (omission == null) {
          PathNames.omissionOfKind(PathNames.last(entry.name()))
              .ifPresentOrElse(
                  reason -> left.file(reason, entry.name()),
                  () ->
                      images.add(
                          new FileItem(entry.name(), entry.length(), entry.modificationTime())));
        } else {
          left.file(omission, entry.name());
        }
      }
    } catch (AccessDeniedException | AccessControlException e) {
      return closed(folder, e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new FolderListing(folders, images, left.sum());
  }

  private static FolderListing closed(Folder folder, IOException cause) throws IOException {
    if (folder.name().isEmpty()) {
      throw cause;
    }
    Omissions.Counter left = new Omissions.Counter();
    left.folder(Omission.NO_ACCESS, folder.name());
    return new FolderListing(List.of(), List.of(), left.sum());
  }
}
