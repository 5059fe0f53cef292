package org.fairspark.dataset;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.files.FolderEntries;
import org.fairspark.files.PathNames;

/**
 * The folders and images that lie directly in one folder.
 *
 * @param folders folders in it, relative to the data root
 * @param images image files in it
 * @param ignored what was passed over
 */
record FolderListing(List<String> folders, List<FileItem> images, Ignored ignored)
    implements Serializable {

  /**
   * Lists one folder; no file is opened.
   *
   * @param root the data root, qualified
   * @param folder relative to the root, empty for the root itself
   * @throws IOException if the file system fails; a folder that vanished meanwhile lists as empty
   */
  static FolderListing read(Configuration hadoop, String root, String folder) throws IOException {
    List<String> folders = new ArrayList<>();
    List<FileItem> images = new ArrayList<>();
    long notImages = 0;
    try (FolderEntries entries = FolderEntries.open(hadoop, root, folder)) {
      while (entries.hasNext()) {
        FolderEntries.Entry entry = entries.next();
        if (entry.folder()) {
          folders.add(entry.name());
        } else if (PathNames.isImage(PathNames.last(entry.name()))) {
          images.add(new FileItem(entry.name(), entry.length(), entry.modificationTime()));
        } else {
          notImages++;
        }
      }
      Ignored ignored = new Ignored(entries.hidden(), notImages, entries.outside());
      return new FolderListing(folders, images, ignored);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
