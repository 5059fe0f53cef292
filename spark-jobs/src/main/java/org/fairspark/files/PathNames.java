package org.fairspark.files;

import java.util.Locale;
import java.util.Set;
import org.fairspark.image.codec.ImageDecoder;

/** The meaning of file and folder names. Names are compared without regard to case. */
public final class PathNames {
  /** The defect name of normal images, in every layout. */
  public static final String GOOD = "good";

  /** The defect name of anomalous images where the layout does not tell kinds apart. */
  public static final String BAD = "bad";

  /**
   * Suffixes of image files. Files of the recognized formats that no codec decodes are listed too:
   * they end in the quarantine, with their format's name, instead of being passed over.
   */
  private static final Set<String> IMAGES = ImageDecoder.suffixes();

  private static final Set<String> NORMAL = Set.of(GOOD, "normal", "ok");
  private static final Set<String> MASKS =
      Set.of("ground_truth", "ground-truth", "groundtruth", "gt", "mask", "masks");

  private PathNames() {}

  /** Returns whether a file of that name may be an image. */
  public static boolean isImage(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 && IMAGES.contains(lower(fileName.substring(dot + 1)));
  }

  /** Returns whether a path names a file that may be an image and is not hidden. */
  public static boolean isVisibleImage(String path) {
    String name = last(path);
    return isImage(name) && !isHidden(name);
  }

  /**
   * Returns whether an operating system or a tool left a file of that name: {@code .DS_Store},
   * {@code __MACOSX}.
   */
  public static boolean isHidden(String name) {
    return name.startsWith(".") || name.equals("__MACOSX");
  }

  public static boolean isGood(String folder) {
    return NORMAL.contains(lower(folder));
  }

  public static boolean isMasks(String folder) {
    return MASKS.contains(lower(folder));
  }

  public static boolean isTrain(String folder) {
    return lower(folder).equals("train");
  }

  public static boolean isTest(String folder) {
    return lower(folder).equals("test");
  }

  /** Returns whether a folder of that name divides a category, so that its parent is one. */
  public static boolean dividesCategory(String folder) {
    return isGood(folder) || isTrain(folder) || isTest(folder);
  }

  /** Returns one name for all names of normality; others stay as they are. */
  public static String defect(String folder) {
    return isGood(folder) ? GOOD : folder;
  }

  public static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Returns the last part of a path. */
  public static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public static String stem(String path) {
    String file = last(path);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  /** Returns the path of a name in a folder; an empty folder is the root. */
  public static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
