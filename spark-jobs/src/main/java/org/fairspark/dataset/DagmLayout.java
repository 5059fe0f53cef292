package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * DAGM 2007: {@code ClassN/Train|Test/NNNN.PNG}, and for anomalous images alone a mask {@code
 * Label/NNNN_label.PNG} beside them. {@code Label/Labels.txt} says the same as the masks and is not
 * read. Anomalous training images are left out.
 */
record DagmLayout() implements Layout {
  private static final String SUFFIX = "_label";

  @Override
  public String expected() {
    return "expected Class1/Train/0001.PNG, Class1/Train/Label/0001_label.PNG and Class1/Test";
  }

  @Override
  public boolean fits(FileTree tree) {
    return tree.categories().stream()
        .anyMatch(category -> tree.hasFolder(PathNames.join(category, "Train/Label")));
  }

  @Override
  public Placement place(FileTree tree) {
    CategoryPaths paths = new CategoryPaths(tree);
    Placement.Builder placement = new Placement.Builder();
    if (tree.isOneCategory()) {
      tree.askAboutCategoriesBesideParts("", placement);
    }
    Map<String, FileItem> masks = new HashMap<>();
    List<FileItem> images = new ArrayList<>();
    for (FileItem file : tree.files()) {
      boolean mask = PathNames.last(file.folder()).equalsIgnoreCase("Label");
      if (mask && file.stem().toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
        String image = file.stem().substring(0, file.stem().length() - SUFFIX.length());
        masks.put(PathNames.join(PathNames.folder(file.folder()), image), file);
      } else if (!mask) {
        images.add(file);
      }
    }
    Map<String, Integer> defective = new TreeMap<>();
    for (FileItem image : images) {
      CategoryPaths.Place place = paths.of(image);
      String part = PathNames.folder(place.path());
      boolean train = PathNames.isTrain(part);
      if (!train && !PathNames.isTest(part)) {
        continue;
      }
      FileItem mask = masks.remove(PathNames.join(image.folder(), image.stem()));
      if (train && mask != null) {
        placement.leave(image, Omission.DEFECT_IN_TRAINING);
        placement.leave(mask, Omission.DEFECT_IN_TRAINING);
        defective.merge(place.category(), 1, Integer::sum);
        continue;
      }
      placement.image(
          ImageEntry.of(
              tree.root(),
              image,
              place.category(),
              train ? Split.TRAIN : Split.TEST,
              mask == null ? PathNames.GOOD : PathNames.BAD,
              mask));
    }
    masks.values().forEach(mask -> placement.leave(mask, Omission.MASK_WITHOUT_IMAGE));
    defective.forEach(
        (category, count) ->
            placement.note(
                "%s: %d training image(s) with a defect are left out".formatted(category, count)));
    return placement.build().settled();
  }
}
