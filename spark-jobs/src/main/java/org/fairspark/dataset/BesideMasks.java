package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fairspark.files.MaskWords;
import org.fairspark.files.PathNames;

/**
 * The masks among images that lie in one folder with them: {@code NAME_mask} and the like, and, as
 * in the Magnetic Tile set, {@code NAME.png} beside {@code NAME.jpg}. A second file of an image's
 * name is a mask or a question to the user, never an image.
 *
 * @param images the image of each mask
 * @param questions pairs of which the names do not tell what they are, such as {@code a.bmp} beside
 *     {@code a.png}
 */
record BesideMasks(Map<FileItem, FileItem> images, List<Pair> questions) {
  private static final Set<String> LOSSY = Set.of("jpg", "jpeg", "jpe", "jfif");

  /** Two files of which one may be the other's mask. */
  record Pair(FileItem image, FileItem other) {}

  /** Finds them; no file is read. */
  static BesideMasks find(Collection<FileItem> files) {
    Map<String, FileItem> byStem = new HashMap<>();
    Map<FileItem, FileItem> images = new LinkedHashMap<>();
    List<Pair> questions = new ArrayList<>();
    List<Pair> twins = new ArrayList<>();
    for (FileItem file : files) {
      FileItem first = byStem.putIfAbsent(place(file, file.stem()), file);
      if (first != null) {
        twins.add(new Pair(first, file));
      }
    }
    addTwins(twins, images, questions);
    for (FileItem file : files) {
      partner(MaskWords.imageOf(file.stem()), file, byStem)
          .filter(image -> !images.containsKey(file))
          .ifPresentOrElse(
              image -> images.put(file, image),
              () ->
                  partner(MaskWords.perhapsImageOf(file.stem()), file, byStem)
                      .ifPresent(image -> questions.add(new Pair(image, file))));
    }
    return new BesideMasks(images, questions);
  }

  private static Optional<FileItem> partner(
      Optional<String> stem, FileItem file, Map<String, FileItem> byStem) {
    return stem.map(name -> byStem.get(place(file, name)));
  }

  /**
   * A photograph with loss beside a file without is an image beside its mask, where the latter is
   * no larger: a copy without loss would be.
   */
  private static void addTwins(
      List<Pair> twins, Map<FileItem, FileItem> images, List<Pair> questions) {
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
        questions.add(pair);
      }
    }
  }

  private static boolean isLossy(FileItem file) {
    String name = file.name();
    return LOSSY.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static String place(FileItem file, String stem) {
    return PathNames.join(file.folder(), stem);
  }
}
