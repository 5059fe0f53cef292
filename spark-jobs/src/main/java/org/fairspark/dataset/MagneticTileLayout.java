package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * Magnetic Tile: {@code MT_DEFECT/Imgs/NAME.jpg} and its mask {@code NAME.png} beside it; {@code
 * MT_Free} holds the good ones. All is one category. The data set has no split: good images are
 * divided by {@link HashSplit}.
 *
 * @param files reads the masks of good images
 */
record MagneticTileLayout(DatasetFiles files) implements Layout {
  private static final String PREFIX = "MT_";
  private static final String FREE = "Free";

  @Override
  public String expected() {
    return "expected MT_Free/Imgs/NAME.jpg, and MT_Blowhole/Imgs/NAME.jpg with NAME.png beside it";
  }

  @Override
  public boolean fits(FileTree tree) {
    return tree.foldersIn("").stream()
        .anyMatch(f -> f.startsWith(PREFIX) && tree.hasFolder(f + "/Imgs"));
  }

  @Override
  public Placement place(FileTree tree) {
    Map<String, FileItem> masks = new HashMap<>();
    List<FileItem> images = new ArrayList<>();
    for (FileItem file : tree.files()) {
      if (!file.name().startsWith(PREFIX) || file.folder().isEmpty()) {
        continue;
      }
      if (file.name().toLowerCase(java.util.Locale.ROOT).endsWith(".png")) {
        masks.put(PathNames.join(file.folder(), file.stem()), file);
      } else {
        images.add(file);
      }
    }
    List<String> good =
        images.stream().filter(i -> defect(i).equals(PathNames.GOOD)).map(FileItem::name).toList();
    Set<String> training = HashSplit.training(good);
    Placement.Builder placement = new Placement.Builder();
    String category = tree.rootName();
    GoodMasks ofGood = new GoodMasks();
    for (FileItem image : images) {
      String defect = defect(image);
      FileItem mask = masks.remove(PathNames.join(image.folder(), image.stem()));
      boolean isGood = defect.equals(PathNames.GOOD);
      ImageEntry entry =
          ImageEntry.of(
              tree.root(),
              image,
              category,
              training.contains(image.name()) ? Split.TRAIN : Split.TEST,
              defect,
              isGood ? null : mask);
      placement.image(entry);
      if (isGood && mask != null) {
        placement.leave(mask, Omission.MASK_OF_GOOD);
        ofGood.add(entry, List.of(mask), "MT_DEFECT/Imgs, with their masks beside them");
      }
    }
    ofGood.judge(files, placement);
    masks.values().forEach(mask -> placement.leave(mask, Omission.MASK_WITHOUT_IMAGE));
    if (!good.isEmpty()) {
      placement.note(
          "%s: no split in the data set, so %d of %d good images were chosen for training by their"
                  .formatted(category, training.size(), good.size())
              + " names");
    }
    return placement.build().settled();
  }

  /** Returns the kind of defect that the first folder names. */
  private static String defect(FileItem image) {
    String folder = image.name().substring(PREFIX.length(), image.name().indexOf('/'));
    return folder.equals(FREE) ? PathNames.GOOD : folder;
  }
}
