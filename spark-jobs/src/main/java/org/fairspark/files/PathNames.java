package org.fairspark.files;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** Suffixes of image files that a codec decodes. */
  private static final Set<String> READ_IMAGES = ImageDecoder.decodedSuffixes();

  /** Suffixes of image files that nothing here reads, so that they are counted as images. */
  private static final Set<String> UNREAD_IMAGES =
      Set.of(
          "apng", "arw", "avif", "cr2", "cr3", "dcm", "dng", "exr", "hdr", "heic", "heif", "ico",
          "j2k", "jls", "jp2", "jpf", "jpx", "jxl", "nef", "orf", "pam", "pfm", "psd", "raw", "rw2",
          "svg");

  /** Suffixes of files that hold others. */
  private static final Set<String> ARCHIVES =
      Set.of("7z", "rar", "seq", "tar", "tbz", "tbz2", "tgz", "zip");

  private static final Pattern COMPRESSED_TAR =
      Pattern.compile("(?i).*\\.tar\\.(gz|bz2|lz4|xz|z|zst)");

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

  /** Beginning of files that a Synology storage device makes of images, in lower case. */
  private static final String THUMBNAIL = "synophoto_thumb_";

  /** Folders that hold whole copies of the tree around them, in lower case. */
  private static final Set<String> SNAPSHOTS =
      Set.of(".snapshot", ".snapshots", ".zfs", "~snapshot", "#snapshot");

  /** The characters that names begin with which are left out, in both cases. */
  private static final boolean[] FIRST_OF_OMITTED = firstOfOmitted();

  private static boolean[] firstOfOmitted() {
    boolean[] first = new boolean[128];
    first['.'] = true;
    Stream.of(SYSTEM, SNAPSHOTS, Set.of(THUMBNAIL))
        .flatMap(Set::stream)
        .forEach(
            name -> {
              first[name.charAt(0)] = true;
              first[Character.toUpperCase(name.charAt(0))] = true;
            });
    return first;
  }

  /** Names of folders are compared in lower case, with {@code _} between words. */
  private static final Set<String> NORMAL =
      Set.of(
          GOOD,
          "normal",
          "normals",
          "ok",
          "free",
          "defect_free",
          "defectfree",
          "no_defect",
          "no_defects",
          "non_defective",
          "nominal",
          "pass",
          "passed",
          "accepted",
          "gut",
          "\u826f\u54c1",
          "\u5408\u683c",
          "\u6b63\u5e38");

  private static final Set<String> MASKS =
      Set.of("ground_truth", "groundtruth", "gt", "mask", "masks");

  private static final Set<String> PERHAPS_MASKS =
      Set.of("label", "labels", "annotation", "annotations", "seg", "segmentation");

  private static final Pattern WORD_DIVIDERS = Pattern.compile("[-_ .()]+");

  private static final Set<String> TRAIN = Set.of("train", "training");
  private static final Set<String> CALIBRATION =
      Set.of("calibration", "validation", "val", "valid");
  private static final Set<String> TEST =
      Set.of("test", "testing", "test_public", "test_private", "test_private_mixed");
  private static final Set<String> PASSED_THROUGH =
      Set.of("images", "image", "imgs", "img", "pictures", "photos", "data");

  private static final Set<String> DEFECTS =
      Set.of(
          BAD,
          "anomaly",
          "anomalies",
          "anomalous",
          "abnormal",
          "blowhole",
          "break",
          "broken",
          "contamination",
          "crack",
          "cracks",
          "cut",
          "damage",
          "damaged",
          "defect",
          "defects",
          "defective",
          "dent",
          "fault",
          "faulty",
          "fray",
          "hole",
          "holes",
          "ko",
          "ng",
          "nok",
          "fail",
          "failed",
          "nio",
          "not_good",
          "not_ok",
          "schlecht",
          "\u4e0d\u826f",
          "\u4e0d\u826f\u54c1",
          "\u4e0d\u5408\u683c",
          "\u7f3a\u9677",
          "\u5f02\u5e38",
          "reject",
          "rejected",
          "scratch",
          "scratches",
          "spot",
          "stain",
          "uneven");

  private PathNames() {}

  /** Returns whether a file of that name may be an image. */
  public static boolean isImage(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 && IMAGES.contains(lower(fileName.substring(dot + 1)));
  }

  /** Returns whether an image file of that name is of a kind that is decoded. */
  public static boolean isReadImage(String fileName) {
    return READ_IMAGES.contains(lower(fileName.substring(fileName.lastIndexOf('.') + 1)));
  }

  /**
   * Returns why a file or folder of that name is no part of any data set, wherever it lies: hidden
   * ({@code .DS_Store}), or left by a system ({@code __MACOSX}, {@code Thumbs.db}).
   */
  public static Optional<Omission> omission(String name) {
    if (!mayBeOmitted(name)) {
      return Optional.empty();
    }
    String lower = lower(name);
    if (SNAPSHOTS.contains(lower)) {
      return Optional.of(Omission.SNAPSHOT);
    }
    if (name.startsWith(".")) {
      return Optional.of(Omission.HIDDEN);
    }
    return SYSTEM.contains(lower) || lower.startsWith(THUMBNAIL)
        ? Optional.of(Omission.SYSTEM)
        : Optional.empty();
  }

  /** Returns whether a name begins as one of those that are left out does. */
  private static boolean mayBeOmitted(String name) {
    char first = name.isEmpty() ? 0 : name.charAt(0);
    return first < FIRST_OF_OMITTED.length && FIRST_OF_OMITTED[first];
  }

  /**
   * Returns why a file that is not left out by its own name or a folder's is none that may hold an
   * image: nothing, if it may.
   */
  public static Optional<Omission> omissionOfKind(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String suffix = dot > 0 ? lower(fileName.substring(dot + 1)) : "";
    if (IMAGES.contains(suffix)) {
      return Optional.empty();
    }
    if (ARCHIVES.contains(suffix) || COMPRESSED_TAR.matcher(fileName).matches()) {
      return Optional.of(Omission.ARCHIVE);
    }
    return Optional.of(
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
    return NORMAL.contains(words(folder));
  }

  public static boolean isMasks(String folder) {
    return MASKS.contains(words(folder));
  }

  /** Returns whether a folder of that name holds masks or is a kind of defect of that name. */
  public static boolean isPerhapsMasks(String folder) {
    return PERHAPS_MASKS.contains(words(folder));
  }

  /** Returns whether a folder of that name holds masks, or may be meant to. */
  public static boolean mayBeMasks(String folder) {
    return isMasks(folder) || isPerhapsMasks(folder);
  }

  /** Returns whether a folder of that name only leads to images and says nothing about them. */
  public static boolean isPassedThrough(String folder) {
    return PASSED_THROUGH.contains(words(folder));
  }

  /** Returns whether the first or the last word of a file's name is one that defects have. */
  public static boolean speaksOfDefect(String stem) {
    String[] words = WORD_DIVIDERS.split(stem);
    return words.length > 1 && (isDefectWord(words[0]) || isDefectWord(words[words.length - 1]));
  }

  /**
   * Returns what the first or the last word of a file's name says that it shows: {@link #GOOD}, or
   * a word that defects have; nothing if they say neither, or both.
   */
  public static String wordOf(String stem) {
    List<String> words = WORD_DIVIDERS.splitAsStream(stem).filter(w -> !w.isEmpty()).toList();
    if (words.isEmpty()) {
      return "";
    }
    List<String> ends = List.of(words.get(0), words.get(words.size() - 1));
    boolean good = ends.stream().anyMatch(PathNames::isGood);
    String defect = ends.stream().filter(PathNames::isDefectWord).findFirst().orElse("");
    return good && defect.isEmpty() ? GOOD : good ? "" : defect;
  }

  /** Returns whether a folder, or an end of a name, is called as a kind of defect is. */
  public static boolean isDefectWord(String folder) {
    return DEFECTS.contains(words(folder));
  }

  /** Returns a path of folders without those that only lead to images. */
  public static String passedThrough(String folders) {
    return Stream.of(folders.split("/", -1))
        .filter(folder -> !isPassedThrough(folder))
        .collect(Collectors.joining("/"));
  }

  public static boolean isTrain(String folder) {
    return TRAIN.contains(words(folder));
  }

  /**
   * Returns whether a file lies in a folder that is called nothing but a folder of masks. Folders
   * called labels may hold pictures of labels.
   */
  public static boolean isBelowMasks(String path) {
    return Arrays.stream(folder(path).split("/"))
        .map(PathNames::words)
        .anyMatch(folder -> folder.equals("ground_truth") || folder.equals("masks"));
  }

  /**
   * Returns where the image of a mask is that lies in a folder of masks among images: {@code
   * crack/masks/0} is of {@code crack/0}. Nothing for a path without such a folder.
   */
  public static Optional<String> withoutMasks(String path) {
    int begin = 0;
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', begin)) {
      if (isMasks(path.substring(begin, end))) {
        return Optional.of(path.substring(0, begin) + path.substring(end + 1));
      }
      begin = end + 1;
    }
    return Optional.empty();
  }

  /** Returns whether a folder of that name holds good images that are not trained on. */
  public static boolean isCalibration(String folder) {
    return CALIBRATION.contains(words(folder));
  }

  public static boolean isTest(String folder) {
    return TEST.contains(words(folder));
  }

  /** Returns whether a folder of that name divides a category, so that its parent is one. */
  public static boolean dividesCategory(String folder) {
    return isGood(folder) || isTrain(folder) || isCalibration(folder) || isTest(folder);
  }

  /**
   * Returns those of some folders beside each other that hold good images: also {@code MT_Free}
   * beside {@code MT_Crack}, where all begin with the same word, and {@code IO} beside {@code NIO},
   * which a board may be called otherwise.
   */
  public static Set<String> goodOnes(Collection<String> folders) {
    int prefix = commonPrefix(folders);
    boolean nio = folders.stream().anyMatch(folder -> lower(folder).equals("nio"));
    return folders.stream()
        .filter(
            folder ->
                isGood(folder)
                    || isGood(folder.substring(prefix))
                    || (nio && lower(folder).equals("io")))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns those of some folders beside each other that are called as defects are. */
  public static Set<String> defectWords(Collection<String> folders) {
    int prefix = commonPrefix(folders);
    return folders.stream()
        .filter(folder -> isDefectWord(folder) || isDefectWord(folder.substring(prefix)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the length of the words that all names begin with; 0 for a single name. */
  private static int commonPrefix(Collection<String> names) {
    if (names.size() < 2) {
      return 0;
    }
    String prefix = names.iterator().next();
    for (String name : names) {
      int same = 0;
      while (same < Math.min(prefix.length(), name.length())
          && prefix.charAt(same) == name.charAt(same)) {
        same++;
      }
      prefix = prefix.substring(0, same);
    }
    return 1
        + Math.max(
            prefix.lastIndexOf('_'), Math.max(prefix.lastIndexOf('-'), prefix.lastIndexOf(' ')));
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

  private static String words(String folder) {
    return lower(folder).replace('-', '_').replace(' ', '_');
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
