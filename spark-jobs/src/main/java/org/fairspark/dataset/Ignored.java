package org.fairspark.dataset;

import java.io.Serializable;

/**
 * The numbers of files that a listing passed over.
 *
 * @param hidden files and folders whose name starts with a dot
 * @param notImages files without the extension of an image
 * @param outside symbolic links that lead out of the data root, or round in a circle
 */
public record Ignored(long hidden, long notImages, long outside) implements Serializable {
  static final Ignored NONE = new Ignored(0, 0, 0);

  Ignored plus(Ignored other) {
    return new Ignored(hidden + other.hidden, notImages + other.notImages, outside + other.outside);
  }
}
