package org.fairspark.dataset;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Files of a data set beside its listed images, as some layouts need them. */
interface DatasetFiles {
  /**
   * Returns the text of a file.
   *
   * @param name path relative to the data root
   * @throws java.io.FileNotFoundException if there is none
   */
  String text(String name) throws IOException;

  /** Returns an absolute path or URI as an absolute URI, spelled as the data root's is. */
  String qualified(String path);

  /**
   * Finds files that the listing does not hold: those outside of the data root, and those that do
   * not have the name of an image.
   *
   * @param uris as {@link #qualified} gives them
   * @return what is there, by the URI, and named by it
   */
  Map<String, FileItem> find(Collection<String> uris);

  /**
   * Returns the names of those masks in which no pixel is set.
   *
   * @param masks of the listing
   */
  Set<String> black(Collection<FileItem> masks);

  /**
   * Returns the names of those masks in which a pixel is set; none that cannot be read is among
   * them.
   *
   * @param masks of the listing
   */
  Set<String> marked(Collection<FileItem> masks);
}
