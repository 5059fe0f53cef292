package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.files.PathNames;

/**
 * The guesses about all files of a tree that is not understood. An image keeps the place that the
 * layout gave it where a folder's name says so: good ones in a folder called so, kinds of defect
 * beside good ones, or called as defects are. Of the others masks tell, where there are any, or the
 * words of their own names; else they are open.
 */
final class DraftGuesses {
  private final FileTree tree;
  private final DateFolders dates;
  private final Map<String, ImageEntry> told = new HashMap<>();
  private final Map<String, ImageEntry> untold = new HashMap<>();
  private final Map<String, String> categories = new HashMap<>();
  private final Set<String> asked;
  private final Set<String> perhapsMasks;
  private final Set<String> masks = new HashSet<>();
  private final Set<String> black;

  DraftGuesses(FileTree tree, Placement placement, DatasetFiles files) {
    this.tree = tree;
    this.asked = placement.inQuestion();
    this.perhapsMasks = placement.perhapsMasks();
    Set<String> folders = new HashSet<>();
    tree.files().forEach(file -> folders.add(file.folder()));
    this.dates = DateFolders.in(folders);
    Told words = new Told(placement, asked);
    List<MaskFile> open = new ArrayList<>();
    for (ImageEntry entry : placement.entries()) {
      if (asked.contains(entry.imageId()) && entry.masks().isEmpty()) {
        continue;
      }
      entry.masks().forEach(mask -> masks.add(mask.name()));
      addCategory(entry);
      if (words.holds(entry)) {
        told.put(entry.imageId(), entry);
      } else {
        untold.put(entry.imageId(), entry);
        open.addAll(entry.masks());
      }
    }
    this.black = files.black(open);
  }

  /** The words of folders that say what images show. */
  private static final class Told {
    private final Set<String> asked;
    private final Map<String, Set<String>> kinds = new HashMap<>();
    private final Set<String> withGood = new HashSet<>();

    Told(Placement placement, Set<String> asked) {
      this.asked = asked;
      for (ImageEntry entry : placement.entries()) {
        if (!asked.contains(entry.imageId())) {
          kinds.computeIfAbsent(entry.category(), c -> new TreeSet<>()).add(entry.defect());
          if (isCalledGood(entry)) {
            withGood.add(entry.category());
          }
        }
      }
      kinds.replaceAll(
          (category, names) -> {
            // Good images in a folder of another name, which the kinds beside it tell.
            if (names.contains(PathNames.GOOD) && names.size() > 1) {
              withGood.add(category);
            }
            return PathNames.defectWords(names);
          });
    }

    private static boolean isCalledGood(ImageEntry entry) {
      return entry.label() == 0
          && Stream.of(PathNames.folder(entry.imageId()).split("/"))
              .anyMatch(PathNames::dividesCategory);
    }

    boolean holds(ImageEntry entry) {
      return !asked.contains(entry.imageId())
          && (withGood.contains(entry.category())
              || kinds.get(entry.category()).contains(entry.defect()));
    }
  }

  /** Notes which category the files of a folder are of, and those of folders up to its own. */
  private void addCategory(ImageEntry entry) {
    String category = entry.category();
    String folder = PathNames.folder(entry.imageId());
    List<String> folders = new ArrayList<>(List.of(folder));
    for (String at = folder; !at.isEmpty(); at = PathNames.folder(at)) {
      if (PathNames.last(at).equals(category)) {
        break;
      }
      folders.add(PathNames.folder(at));
    }
    boolean own = !PathNames.last(folders.get(folders.size() - 1)).isEmpty();
    for (String at : own ? folders : folders.subList(0, 1)) {
      categories.merge(at, category, (known, more) -> known.equals(more) ? known : "");
    }
  }

  boolean areDated() {
    return !dates.isNone();
  }

  /** Returns notes on the tree, one sentence each. */
  List<String> notes() {
    return dates.note().stream().toList();
  }

  /** Returns the names of the files that are masks of images. */
  Set<String> masks() {
    return masks;
  }

  /** Returns whether a mask sets nothing apart. */
  boolean isOfGood(String mask) {
    return black.contains(mask);
  }

  /** Returns the guess about a file that is no mask. */
  DraftGuess of(FileItem file) {
    ImageEntry entry = told.get(file.name());
    if (entry != null) {
      return DraftGuess.of(entry);
    }
    String date = dates.of(file.folder());
    ImageEntry masked = untold.get(file.name());
    if (masked != null && !masked.masks().isEmpty()) {
      return byMasks(masked, date);
    }
    String defect = perhapsMasks.contains(file.name()) ? "" : defect(file);
    boolean test = folders(file).anyMatch(PathNames::isTest);
    // An image for training without a word would count as good.
    return new DraftGuess(category(file), test ? Split.TEST.label() : "", defect, List.of(), date);
  }

  /** Returns the guess about an image whose masks alone say what it shows. */
  private DraftGuess byMasks(ImageEntry entry, String date) {
    List<String> names = DraftGuess.names(entry);
    return black.containsAll(names)
        ? new DraftGuess(entry.category(), "", PathNames.GOOD, List.of(), date)
        : new DraftGuess(entry.category(), Split.TEST.label(), entry.defect(), names, date);
  }

  private Stream<String> folders(FileItem file) {
    return Stream.of(dates.without(file.folder()).split("/"));
  }

  /**
   * Returns what words say that an image shows; nothing where they say nothing or not one thing.
   */
  private String defect(FileItem file) {
    List<String> defects = folders(file).filter(PathNames::isDefectWord).distinct().toList();
    boolean good = folders(file).anyMatch(PathNames::isGood);
    if (defects.size() + (good ? 1 : 0) > 0) {
      // In question, a folder called good is not believed.
      return defects.size() == 1 && !good
          ? defects.get(0)
          : defects.isEmpty() && !asked.contains(file.name()) ? PathNames.GOOD : "";
    }
    return asked.contains(file.name()) ? PathNames.wordOf(file.stem()) : "";
  }

  /**
   * Returns the category of the images beside a file. Where there is none that is known, the first
   * folder names it, unless the root is one category, or the folder holds images alone and may as
   * well be a kind of defect.
   */
  private String category(FileItem file) {
    for (String at = file.folder(); !at.isEmpty(); at = PathNames.folder(at)) {
      String known = categories.getOrDefault(at, "");
      if (!known.isEmpty()) {
        return known;
      }
    }
    String path = dates.without(file.folder());
    String first = path.isEmpty() ? "" : path.split("/", 2)[0];
    boolean whole = tree.isOneCategory() || first.isEmpty() || PathNames.dividesCategory(first);
    return whole || tree.foldersIn(first).isEmpty() ? tree.rootName() : first;
  }
}
