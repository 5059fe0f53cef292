package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * KolektorSDD and KolektorSDD2, whose masks lie beside their images, those of good images black:
 * what is good only the masks tell, so they are read. The first ({@code kosNN/PartN.jpg} and {@code
 * PartN_label.bmp}) has no split; its good images are divided by {@link HashSplit}. The second
 * ({@code train|test/N.png} and {@code N_GT.png}) has one; its anomalous training images are left
 * out.
 *
 * @param kind which of the two
 * @param files reads the masks
 */
record MaskBesideLayout(Kind kind, DatasetFiles files) implements Layout {
  /** The two data sets, with the ends of their masks' names. */
  enum Kind {
    KOLEKTOR_SDD("_label", "kos[0-9]+"),
    KOLEKTOR_SDD2("_gt", "train|test");

    private final String suffix;
    private final Pattern folder;

    Kind(String suffix, String folder) {
      this.suffix = suffix;
      this.folder = Pattern.compile(folder);
    }

    boolean holds(String path) {
      return folder.matcher(PathNames.last(PathNames.folder(path))).matches();
    }

    boolean isMask(String path) {
      return PathNames.stem(path).toLowerCase(Locale.ROOT).endsWith(suffix);
    }
  }

  @Override
  public String expected() {
    return kind == Kind.KOLEKTOR_SDD
        ? "expected kos01/Part0.jpg with its mask kos01/Part0_label.bmp"
        : "expected train/10000.png with its mask train/10000_GT.png, and test the same";
  }

  @Override
  public boolean fits(FileTree tree) {
    return tree.files().stream().anyMatch(f -> kind.holds(f.name()) && kind.isMask(f.name()));
  }

  @Override
  public Placement place(FileTree tree) {
    Map<String, FileItem> masks = new HashMap<>();
    List<FileItem> images = new ArrayList<>();
    Placement.Builder placement = new Placement.Builder();
    for (FileItem file : tree.files()) {
      if (!kind.holds(file.name())) {
        continue;
      }
      if (kind.isMask(file.name())) {
        String stem = PathNames.stem(file.name());
        String image = stem.substring(0, stem.length() - kind.suffix.length());
        masks.put(PathNames.join(PathNames.folder(file.name()), image), file);
      } else {
        images.add(file);
      }
    }
    Set<String> black =
        files.black(
            masks.values().stream()
                .map(mask -> ImageEntry.MaskFile.of(tree.root(), mask))
                .toList());
    List<String> good = new ArrayList<>();
    images.stream()
        .filter(image -> isGood(masks.get(place(image)), black))
        .forEach(image -> good.add(image.name()));
    Set<String> training = kind == Kind.KOLEKTOR_SDD ? HashSplit.training(good) : Set.of();
    String category = tree.rootName();
    for (FileItem image : images) {
      FileItem mask = masks.remove(place(image));
      boolean train =
          kind == Kind.KOLEKTOR_SDD
              ? training.contains(image.name())
              : image.folder().endsWith("train");
      boolean isGood = isGood(mask, black);
      if (train && !isGood) {
        placement.leave(image, Omission.DEFECT_IN_TRAINING);
        placement.leave(mask, Omission.DEFECT_IN_TRAINING);
        continue;
      }
      if (isGood && mask != null) {
        placement.leave(mask, Omission.MASK_OF_GOOD);
      }
      placement.image(
          ImageEntry.of(
              tree.root(),
              image,
              category,
              train ? Split.TRAIN : Split.TEST,
              isGood ? PathNames.GOOD : PathNames.BAD,
              isGood ? List.of() : List.of(mask),
              annotations(image)));
    }
    masks.values().forEach(mask -> placement.leave(mask, Omission.MASK_WITHOUT_IMAGE));
    if (kind == Kind.KOLEKTOR_SDD && !good.isEmpty()) {
      placement.note(
          "%s: no split in the data set, so %d of %d good images were chosen for training by their"
                  .formatted(category, training.size(), good.size())
              + " names");
    }
    return placement.build();
  }

  /** Returns whether an image is good: it has no mask, or a black one. */
  private static boolean isGood(FileItem mask, Set<String> black) {
    return mask == null || black.contains(mask.name());
  }

  private static String place(FileItem image) {
    return PathNames.join(image.folder(), image.stem());
  }

  /** Keeps the commutator that an image is of; every one has a defect, so it cannot be a group. */
  private Annotations annotations(FileItem image) {
    if (kind == Kind.KOLEKTOR_SDD2) {
      return Annotations.NONE;
    }
    SortedMap<String, String> others = new TreeMap<>();
    others.put("item", PathNames.last(image.folder()));
    return new Annotations("", "", "", others);
  }
}
