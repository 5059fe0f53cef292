package org.fairspark.dataset;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.dataset.manifest.MaskBackground;
import org.fairspark.dataset.manifest.MaskNames;
import org.fairspark.files.PathNames;

/**
 * One image of a data set, as listed; nothing of the file has been read.
 *
 * @param root the data root as an absolute URI, without a slash at the end; empty where the image
 *     does not lie below it
 * @param imageId path relative to the root, parts divided by {@code /}, or the absolute URI of a
 *     file that does not lie below the data root: unique and stable
 * @param category the category, for which one model is made
 * @param split training, calibration or test
 * @param defect kind of defect, {@code good} for normal images
 * @param length bytes of the file
 * @param modificationTime milliseconds since 1970, as the file system says
 * @param masks the masks' files, none, one, or several that are joined
 * @param annotations what else is known of the image
 */
public record ImageEntry(
    String root,
    String imageId,
    String category,
    Split split,
    String defect,
    long length,
    long modificationTime,
    List<MaskFile> masks,
    Annotations annotations)
    implements Serializable {

  /**
   * A mask's file.
   *
   * @param root as an image has it
   * @param name path relative to the root, or an absolute URI
   * @param length bytes of the file
   * @param modificationTime milliseconds since 1970
   */
  public record MaskFile(String root, String name, long length, long modificationTime)
      implements Serializable {

    /** Returns a mask of the listing. */
    static MaskFile of(String root, FileItem file) {
      return new MaskFile(root, file.name(), file.length(), file.modificationTime());
    }

    /** Returns the mask's absolute URI. */
    public String path() {
      return located(root, name);
    }
  }

  /**
   * Columns of a data set's own table that travel along with an image. A text that is not there is
   * empty.
   *
   * @param group the part or lot that the image is of, whose images are never divided between
   *     training, calibration and test
   * @param view the side that the image shows
   * @param condition lighting, camera and the like
   * @param others all other columns by their names
   */
  public record Annotations(
      String group, String view, String condition, SortedMap<String, String> others)
      implements Serializable {
    /** The annotations of an image of which nothing else is known. */
    public static final Annotations NONE = new Annotations("", "", "", new TreeMap<>());

    public Annotations {
      Objects.requireNonNull(group, "group");
      Objects.requireNonNull(view, "view");
      Objects.requireNonNull(condition, "condition");
      others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
    }

    /** Returns annotations of a condition alone, which may be empty. */
    static Annotations ofCondition(String condition) {
      return condition.isEmpty() ? NONE : new Annotations("", "", condition, new TreeMap<>());
    }

    /** Returns these annotations with another group. */
    Annotations inGroup(String name) {
      return new Annotations(name, view, condition, others);
    }
  }

  public ImageEntry {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(imageId, "imageId");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(defect, "defect");
    Objects.requireNonNull(annotations, "annotations");
    masks = List.copyOf(masks);
    if (split != Split.TEST && !defect.equals(PathNames.GOOD)) {
      throw new IllegalArgumentException(
          "a %s image must be normal, but %s is '%s'".formatted(split.label(), imageId, defect));
    }
  }

  static ImageEntry of(
      String root, FileItem file, String category, Split split, String defect, FileItem mask) {
    List<FileItem> masks = mask == null ? List.of() : List.of(mask);
    return of(root, file, category, split, defect, masks, Annotations.NONE);
  }

  static ImageEntry of(
      String root,
      FileItem file,
      String category,
      Split split,
      String defect,
      List<FileItem> masks,
      Annotations annotations) {
    return new ImageEntry(
        root,
        file.name(),
        category,
        split,
        defect,
        file.length(),
        file.modificationTime(),
        masks.stream().map(mask -> MaskFile.of(root, mask)).toList(),
        annotations);
  }

  /** Returns the image's absolute URI, with all characters as they are, none escaped. */
  public String path() {
    return located(root, imageId);
  }

  /** Returns the masks' absolute URIs as one text, as a table of images has it. */
  public String maskPaths() {
    return MaskNames.cell(masks.stream().map(MaskFile::path).toList());
  }

  /** Returns the colour of what is normal in the masks, {@code 0xRRGGBB}, where it is not black. */
  public OptionalInt maskBackground() {
    return MaskBackground.of(annotations.others());
  }

  private static String located(String root, String name) {
    return root.isEmpty() ? name : root + "/" + name;
  }

  /** Returns 0 for a normal image, 1 for an anomalous one. */
  public int label() {
    return defect.equals(PathNames.GOOD) ? 0 : 1;
  }

  /** Returns whether the image is anomalous and has no mask. */
  public boolean lacksMask() {
    return label() == 1 && masks.isEmpty();
  }
}
