package org.fairspark.dataset;

import java.util.function.Supplier;
import org.fairspark.config.DataLayout;
import org.fairspark.dataset.manifest.ManifestTable;

/**
 * A way to arrange the images of a data set in folders: reads category, split, kind of defect and
 * mask from names, and opens no image.
 */
interface Layout {

  /**
   * Sources that a layout reads beside the names of the listed files.
   *
   * @param files of the data set
   * @param table reads the table of images that {@code data.manifest} names
   */
  record Source(DatasetFiles files, Supplier<ManifestTable> table) {}

  /** Returns the layout of a name: the one place where all layouts are listed. */
  static Layout of(DataLayout name, Source source) {
    return switch (name) {
      case MVTEC -> new MvtecLayout("", source.files());
      case VISA -> new VisaLayout(source.files());
      case FOLDER -> new FolderLayout(source.files());
      case MVTEC_LOCO -> new BenchmarkLayout(BenchmarkLayout.Kind.LOCO, source.files());
      case MVTEC_AD2 -> new BenchmarkLayout(BenchmarkLayout.Kind.AD2, source.files());
      case BTAD -> new BenchmarkLayout(BenchmarkLayout.Kind.BTAD, source.files());
      case MPDD -> new BenchmarkLayout(BenchmarkLayout.Kind.MPDD, source.files());
      case AUTOVI -> new BenchmarkLayout(BenchmarkLayout.Kind.AUTOVI, source.files());
      case THREE_CAD -> new BenchmarkLayout(BenchmarkLayout.Kind.THREE_CAD, source.files());
      case KOLEKTOR_SDD -> new MaskBesideLayout(MaskBesideLayout.Kind.KOLEKTOR_SDD, source.files());
      case KOLEKTOR_SDD2 ->
          new MaskBesideLayout(MaskBesideLayout.Kind.KOLEKTOR_SDD2, source.files());
      case DAGM -> new DagmLayout();
      case REAL_IAD -> new RealIadLayout(source.files());
      case MAGNETIC_TILE -> new MagneticTileLayout(source.files());
      case AUTO -> throw new IllegalArgumentException("auto is a choice, no layout");
      case MANIFEST -> new ManifestLayout(source.table().get(), source.files());
    };
  }

  /** Finds category, split, defect and mask of every image, and why other files are left out. */
  Placement place(FileTree tree);

  /** Returns whether a tree looks like this layout; no file is read. */
  default boolean fits(FileTree tree) {
    return !place(tree).entries().isEmpty();
  }

  /** Returns the folders that this layout expects, as text for messages. */
  String expected();
}
