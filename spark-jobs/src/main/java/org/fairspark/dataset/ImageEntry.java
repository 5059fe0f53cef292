package org.fairspark.dataset;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fairspark.files.PathNames;

/**
 * One image of a data set, as listed; nothing of the file has been read.
 *
 * @param root the data root as an absolute URI, without a slash at the end
 * @param imageId path relative to the root, parts divided by {@code /}: unique and stable
 * @param category the category, for which one model is made
 * @param split training or test
 * @param defect kind of defect, {@code good} for normal images
 * @param length bytes of the file
 * @param modificationTime milliseconds since 1970, as the file system says
 * @param mask the mask's file, null where there is none
 */
public record ImageEntry(
    String root,
    String imageId,
    String category,
    Split split,
    String defect,
    long length,
    long modificationTime,
    MaskFile mask)
    implements Serializable {

  /**
   * A mask's file.
   *
   * @param name path relative to the data root
   * @param length bytes of the file
   * @param modificationTime milliseconds since 1970
   */
  public record MaskFile(String name, long length, long modificationTime) implements Serializable {}

  public ImageEntry {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(imageId, "imageId");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(defect, "defect");
    if (split == Split.TRAIN && !defect.equals(PathNames.GOOD)) {
      throw new IllegalArgumentException(
          "a training image must be normal, but " + imageId + " is '" + defect + "'");
    }
  }

  static ImageEntry of(
      String root, FileItem file, String category, Split split, String defect, FileItem mask) {
    return new ImageEntry(
        root,
        file.name(),
        category,
        split,
        defect,
        file.length(),
        file.modificationTime(),
        mask == null ? null : new MaskFile(mask.name(), mask.length(), mask.modificationTime()));
  }

  /** Returns the image's absolute URI, with all characters as they are, none escaped. */
  public String path() {
    return root + "/" + imageId;
  }

  /** Returns the files of its mask: none where there is no mask. */
  public List<MaskFile> masks() {
    return mask == null ? List.of() : List.of(mask);
  }

  /** Returns the mask's absolute URI, if there is a mask. */
  public Optional<String> maskPath() {
    return mask == null ? Optional.empty() : Optional.of(root + "/" + mask.name());
  }

  /** Returns 0 for a normal image, 1 for an anomalous one. */
  public int label() {
    return defect.equals(PathNames.GOOD) ? 0 : 1;
  }

  /** Returns whether the image is anomalous and has no mask. */
  public boolean lacksMask() {
    return label() == 1 && mask == null;
  }
}
