package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fairspark.files.MaskWords;
import org.fairspark.files.PathNames;

/**
 * The masks among images that lie in one folder with them: {@code NAME_mask} and the like, and, as
 * in the Magnetic Tile set, {@code NAME.png} beside {@code NAME.jpg}. A second file of an image's
 * name, or of its name and a word that masks are called by, is a mask or a question to the user,
 * never an image.
 *
 * @param images the image of each mask
 * @param questions pairs of which the names do not tell what they are, such as {@code a.bmp} beside
 *     {@code a.png}
 * @param unread files of kinds that are not read, beside an image of the same name that is
 */
record BesideMasks(Map<FileItem, FileItem> images, List<Pair> questions, List<FileItem> unread) {
  private static final Set<String> LOSSY = Set.of("jpg", "jpeg", "jpe", "jfif");

  /** Formats of arrays of numbers, such as depths, which no camera writes. */
  private static final Set<String> NO_PICTURES = Set.of("pam", "pfm");

  /**
   * The factor by which files of an unknown word must be smaller than their images. Masks are drawn
   * in one colour, so that they take far fewer bytes than photographs.
   */
  private static final int TIMES_SMALLER = 4;

  /** Two files of which one may be the other's mask. */
  record Pair(FileItem image, FileItem other) {}

  /** Returns the files that are no images: masks, what is asked about, and what is not read. */
  Set<FileItem> others() {
    Set<FileItem> others = new HashSet<>(unread);
    questions.forEach(pair -> others.add(pair.other()));
    others.addAll(images.keySet());
    return others;
  }

  /** Finds them; no file is read. */
  static BesideMasks find(Collection<FileItem> files) {
    Search search = new Search();
    files.forEach(search::add);
    search.sortTwins();
    files.forEach(search::look);
    search.askAboutSmallOnes();
    return new BesideMasks(search.images, search.questions, search.unread);
  }

  /** A search in progress. */
  private static final class Search {
    final Map<FileItem, FileItem> images = new LinkedHashMap<>();
    final List<Pair> questions = new ArrayList<>();
    final List<FileItem> unread = new ArrayList<>();
    private final Map<String, Map<String, FileItem>> stems = new HashMap<>();
    private final List<Pair> twins = new ArrayList<>();
    private final Set<FileItem> asked = new HashSet<>();
    private final Map<String, List<Pair>> byTail = new TreeMap<>();
    private final Map<String, Map<String, FileItem>> inLowerCase = new HashMap<>();
    private String folder;
    private Map<String, FileItem> inFolder = Map.of();

    /** Files of one folder mostly follow each other. */
    private Map<String, FileItem> beside(FileItem file) {
      String name = file.name();
      int slash = name.lastIndexOf('/');
      if (folder == null || folder.length() != Math.max(0, slash) || !name.startsWith(folder)) {
        folder = file.folder();
        inFolder = stems.computeIfAbsent(folder, f -> new HashMap<>());
      }
      return inFolder;
    }

    void add(FileItem file) {
      Map<String, FileItem> others = beside(file);
      FileItem first = others.putIfAbsent(file.stem(), file);
      if (first == null) {
        return;
      }
      if (PathNames.isReadImage(first.name()) == PathNames.isReadImage(file.name())) {
        twins.add(new Pair(first, file));
      } else if (PathNames.isReadImage(first.name())) {
        addUnread(first, file);
      } else {
        others.put(file.stem(), file);
        addUnread(file, first);
      }
    }

    /**
     * A file that is not read is no copy of a smaller one without loss beside it: that may be its
     * mask.
     */
    private void addUnread(FileItem read, FileItem other) {
      boolean mask =
          !isLossy(read)
              && !NO_PICTURES.contains(suffix(other))
              && TIMES_SMALLER * read.length() <= other.length();
      if (mask) {
        ask(new Pair(other, read));
      } else {
        unread.add(other);
      }
    }

    /**
     * A photograph with loss beside a file without is an image beside its mask, where the latter is
     * no larger: a copy without loss would be.
     */
    void sortTwins() {
      long lossyBytes = 0;
      long others = 0;
      List<Pair> sorted = new ArrayList<>();
      Map<FileItem, Integer> times = new HashMap<>();
      for (Pair twin : twins) {
        times.merge(twin.image(), 1, Integer::sum);
        boolean swapped = !isLossy(twin.image()) && isLossy(twin.other());
        Pair pair = swapped ? new Pair(twin.other(), twin.image()) : twin;
        sorted.add(pair);
        lossyBytes += pair.image().length();
        others += pair.other().length();
      }
      for (int i = 0; i < twins.size(); i++) {
        Pair pair = sorted.get(i);
        boolean clear =
            isLossy(pair.image())
                && !isLossy(pair.other())
                && times.get(twins.get(i).image()) == 1
                && others <= lossyBytes;
        if (clear) {
          images.put(pair.other(), pair.image());
        } else {
          ask(pair);
        }
      }
    }

    private void ask(Pair pair) {
      questions.add(pair);
      asked.add(pair.other());
    }

    /** Returns the image whose name differs in upper and lower case alone, if there is one. */
    private FileItem inAnyCase(String image, FileItem mask) {
      FileItem found =
          inLowerCase.computeIfAbsent(folder, f -> lowerCase(inFolder)).get(lower(image));
      return mask.equals(found) ? null : found;
    }

    private static Map<String, FileItem> lowerCase(Map<String, FileItem> stems) {
      Map<String, FileItem> lower = new HashMap<>();
      // The first in the order of names, so that the choice is stable.
      new TreeMap<>(stems).forEach((stem, file) -> lower.putIfAbsent(lower(stem), file));
      return lower;
    }

    private static String lower(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    /** Looks for the image that a file's name speaks of. */
    void look(FileItem file) {
      String stem = file.stem();
      if (!MaskWords.maySpeakOfAnother(stem) || images.containsKey(file) || asked.contains(file)) {
        return;
      }
      Map<String, FileItem> others = beside(file);
      FileItem known =
          MaskWords.imageOf(stem)
              .map(image -> others.getOrDefault(image, inAnyCase(image, file)))
              .orElse(null);
      if (known != null) {
        images.put(file, known);
        return;
      }
      for (String name : MaskWords.perhapsImageOf(stem)) {
        FileItem image = others.get(name);
        if (image != null) {
          ask(new Pair(image, file));
          return;
        }
      }
      Optional<String> tail = MaskWords.tail(stem);
      if (tail.isPresent()) {
        FileItem image = others.get(stem.substring(0, stem.length() - tail.get().length()));
        if (image != null) {
          byTail
              .computeIfAbsent(PathNames.join(folder, tail.get()), t -> new ArrayList<>())
              .add(new Pair(image, file));
        }
      }
    }

    /** Asks about files of any other word that are much smaller than the images of their names. */
    void askAboutSmallOnes() {
      byTail
          .values()
          .forEach(
              pairs -> {
                long bytes = pairs.stream().mapToLong(pair -> pair.image().length()).sum();
                long others = pairs.stream().mapToLong(pair -> pair.other().length()).sum();
                if (TIMES_SMALLER * others <= bytes) {
                  pairs.forEach(this::ask);
                }
              });
    }

    private static boolean isLossy(FileItem file) {
      return LOSSY.contains(suffix(file));
    }

    private static String suffix(FileItem file) {
      String name = file.name();
      return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
  }
}
