package org.fairspark.files;

import java.util.Locale;
import java.util.Optional;
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

  /** Suffixes of image files that nothing here reads, so that they are counted as images. */
  private static final Set<String> UNREAD_IMAGES =
      Set.of(
          "apng", "arw", "avif", "cr2", "cr3", "dcm", "dng", "exr", "hdr", "heic", "heif", "ico",
          "j2k", "jls", "jp2", "jpf", "jpx", "jxl", "nef", "orf", "pam", "pfm", "psd", "raw", "rw2",
          "svg");

  /** Folders and files that operating systems and storage devices leave, in lower case. */
  private static final Set<String> SYSTEM =
      Set.of(
          "__macosx",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "recycler",
          "system volume information",
          "lost+found",
          "network trash folder",
          "temporary items",
          "@eadir",
          "@tmp",
          "#recycle",
          "@recycle",
          "@recently-snapshot",
          "@__thumb");

  /** Folders that hold whole copies of the tree around them, in lower case. */
  private static final Set<String> SNAPSHOTS =
      Set.of(".snapshot", ".snapshots", ".zfs", "~snapshot", "#snapshot");

  private static final Set<String> NORMAL = Set.of(GOOD, "normal", "ok");
  private static final Set<String> MASKS =
      Set.of("ground_truth", "ground-truth", "groundtruth", "gt", "mask", "masks");

  private PathNames() {}

  /** Returns whether a file of that name may be an image. */
  public static boolean isImage(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 && IMAGES.contains(lower(fileName.substring(dot + 1)));
  }

  /**
   * Returns why a file or folder of that name is no part of any data set, wherever it lies: hidden
   * ({@code .DS_Store}), or left by a system ({@code __MACOSX}, {@code Thumbs.db}).
   */
  public static Optional<Omission> omission(String name) {
    String lower = lower(name);
    if (SNAPSHOTS.contains(lower)) {
      return Optional.of(Omission.SNAPSHOT);
    }
    if (name.startsWith(".")) {
      return Optional.of(Omission.HIDDEN);
    }
    return SYSTEM.contains(lower) || lower.startsWith("synophoto_thumb_")
        ? Optional.of(Omission.SYSTEM)
        : Optional.empty();
  }

  /**
   * Returns why a file that is not left out by its own name or a folder's is none that may hold an
   * image: nothing, if it may.
   */
  public static Optional<Omission> omissionOfKind(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String suffix = dot > 0 ? lower(fileName.substring(dot + 1)) : "";
    return IMAGES.contains(suffix)
        ? Optional.empty()
        : Optional.of(
            UNREAD_IMAGES.contains(suffix) ? Omission.UNREAD_KIND : Omission.NOT_AN_IMAGE);
  }

  /** Returns why a member of an archive is none that may hold an image: nothing, if it may. */
  public static Optional<Omission> omissionOfMember(String path) {
    for (String part : path.split("/", -1)) {
      Optional<Omission> omission = omission(part);
      if (omission.isPresent() && !part.equals(".") && !part.equals("..")) {
        return omission;
      }
    }
    return omissionOfKind(last(path));
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
