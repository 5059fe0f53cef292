package org.fairspark.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.config.DataLayout;
import org.fairspark.failure.FairException;

/** The choice of a layout by the folders that a tree has. */
final class AutoLayout {
  /** The layouts that can be told by folders of their own, and what tells them. */
  private static final Map<DataLayout, String> TOLD_BY =
      Map.ofEntries(
          Map.entry(DataLayout.VISA, "CATEGORY/Data/Images"),
          Map.entry(DataLayout.MVTEC_AD2, "CATEGORY/test_public"),
          Map.entry(DataLayout.MVTEC_LOCO, "test/logical_anomalies or structural_anomalies"),
          Map.entry(DataLayout.BTAD, "train/ok and test/ko"),
          Map.entry(DataLayout.REAL_IAD, "realiad_jsons or realiad_SIZE"),
          Map.entry(DataLayout.DAGM, "Train/Label"),
          Map.entry(DataLayout.KOLEKTOR_SDD, "kosNN with masks named _label"),
          Map.entry(DataLayout.KOLEKTOR_SDD2, "train and test with masks named _GT"),
          Map.entry(DataLayout.MAGNETIC_TILE, "MT_DEFECT/Imgs"),
          Map.entry(DataLayout.AUTOVI, "a folder of masks for each image"));

  /** The order in which they are tried: the more special before the more general. */
  private static final List<DataLayout> ORDER =
      List.of(
          DataLayout.VISA,
          DataLayout.MVTEC_AD2,
          DataLayout.MVTEC_LOCO,
          DataLayout.BTAD,
          DataLayout.REAL_IAD,
          DataLayout.DAGM,
          DataLayout.KOLEKTOR_SDD,
          DataLayout.KOLEKTOR_SDD2,
          DataLayout.MAGNETIC_TILE,
          DataLayout.AUTOVI);

  private AutoLayout() {}

  /**
   * A layout that was recognised.
   *
   * @param why in words
   */
  record Choice(DataLayout layout, String why) {}

  /**
   * Recognises a tree.
   *
   * @throws FairException if it is like no layout
   */
  static Choice recognise(FileTree tree, Layout.Source source) {
    Optional<DataLayout> special = special(tree, source);
    if (special.isPresent()) {
      return new Choice(special.get(), "there is " + TOLD_BY.get(special.get()));
    }
    if (MvtecLayout.fits(tree, VisaLayout.REORGANISED)) {
      return new Choice(DataLayout.VISA, "there is 1cls/CATEGORY/train");
    }
    boolean trains =
        tree.categories().stream()
            .anyMatch(c -> tree.hasFolder(c.isEmpty() ? "train/good" : c + "/train/good"));
    if (trains && Layout.of(DataLayout.MVTEC, source).fits(tree)) {
      return new Choice(DataLayout.MVTEC, "there is CATEGORY/train/good");
    }
    if (mayBeFolders(Layout.of(DataLayout.FOLDER, source), tree)) {
      return new Choice(DataLayout.FOLDER, "the folders are like no data set's");
    }
    throw FairException.refused(
        "no layout was recognised: there is no image in a folder that any of them knows",
        tree.root(),
        "give data.layout, or tell the images in a table: data.layout = manifest");
  }

  /** Returns the layout that a tree has folders of alone, if there is one. */
  static Optional<DataLayout> special(FileTree tree, Layout.Source source) {
    return ORDER.stream().filter(layout -> Layout.of(layout, source).fits(tree)).findFirst();
  }

  /** Returns whether a tree may be the user's own folders, also if these leave a question. */
  private static boolean mayBeFolders(Layout folders, FileTree tree) {
    try {
      return folders.fits(tree);
    } catch (LayoutQuestion question) {
      return true;
    }
  }
}
