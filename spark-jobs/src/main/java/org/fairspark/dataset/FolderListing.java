package org.fairspark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.fairspark.files.LinkGuard;
import org.fairspark.files.PathNames;

/**
 * What lies directly in one folder.
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
    Path path = new Path(folder.isEmpty() ? root : root + "/" + folder);
    FileSystem fs = path.getFileSystem(hadoop);
    LinkGuard guard = LinkGuard.of(fs, new Path(root));
    List<String> folders = new ArrayList<>();
    List<FileItem> images = new ArrayList<>();
    Ignored ignored = Ignored.NONE;
    RemoteIterator<FileStatus> found;
    try {
      found = fs.listStatusIterator(path);
    } catch (FileNotFoundException e) {
      if (folder.isEmpty()) {
        throw e;
      }
      return new FolderListing(folders, images, ignored);
    }
    while (found.hasNext()) {
      FileStatus status = found.next();
      String name = status.getPath().getName();
      if (PathNames.isHidden(name)) {
        ignored = ignored.plus(new Ignored(1, 0, 0));
      } else if (!guard.isInside(status)) {
        ignored = ignored.plus(new Ignored(0, 0, 1));
      } else if (status.isDirectory()) {
        folders.add(PathNames.join(folder, name));
      } else if (PathNames.isImage(name)) {
        images.add(
            new FileItem(
                PathNames.join(folder, name), status.getLen(), status.getModificationTime()));
      } else {
        ignored = ignored.plus(new Ignored(0, 1, 0));
      }
    }
    return new FolderListing(folders, images, ignored);
  }
}
