package org.fairspark.dataset;

import java.io.Serializable;
import org.fairspark.files.PathNames;

/**
 * An image file that was found.
 *
 * @param name path relative to the data root, parts divided by {@code /}
 * @param length bytes
 * @param modificationTime milliseconds since 1970, as the file system says
 */
record FileItem(String name, long length, long modificationTime) implements Serializable {

  /**
   * Returns the folder part of the name, without a slash at the end; empty directly below the root.
   */
  String folder() {
    return PathNames.folder(name);
  }

  /** Returns the last part of the name without its extension. */
  String stem() {
    return PathNames.stem(name);
  }

  /** Returns whether the file lies directly in a folder, which is none where it is null. */
  boolean isIn(String folder) {
    return folder != null
        && Math.max(0, name.lastIndexOf('/')) == folder.length()
        && name.startsWith(folder);
  }
}
