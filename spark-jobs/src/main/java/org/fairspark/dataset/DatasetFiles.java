package org.fairspark.dataset;

import java.io.IOException;
import java.io.Serializable;
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
   * A mask to be read.
   *
   * @param background the colour of what is normal, {@code 0xRRGGBB}
   */
  record Mask(ImageEntry.MaskFile file, int background) implements Serializable {
    static final int BLACK = 0;
  }

  /** Returns the names of those masks in which no pixel is set. */
  Set<String> black(Collection<ImageEntry.MaskFile> masks);

  /**
   * Returns the names of those masks that set pixels apart from others: not one of a single value,
   * whichever it is, unless a colour is given for what is normal. None that cannot be read is among
   * them.
   */
  Set<String> marked(Collection<Mask> masks);
}
