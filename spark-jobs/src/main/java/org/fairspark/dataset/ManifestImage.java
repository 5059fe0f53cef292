package org.fairspark.dataset;

import java.util.List;
import java.util.Optional;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.dataset.manifest.ManifestRow;
import org.fairspark.files.PathNames;

/**
 * An image of a table, with all that its own row says.
 *
 * @param said the split that the row or its file's name says, if one does
 * @param defect kind of defect, {@code good} for a normal image
 */
record ManifestImage(
    ManifestRow row,
    ManifestPaths.Located file,
    String category,
    Optional<Split> said,
    String defect,
    List<MaskFile> masks,
    Annotations annotations) {

  /** Returns the name of what is not to be divided: the group, or the image alone. */
  String unit() {
    return annotations.group().isEmpty() ? file.file().name() : "group " + annotations.group();
  }

  boolean isGood() {
    return defect.equals(PathNames.GOOD);
  }

  ImageEntry entry(Split split) {
    FileItem item = file.file();
    return new ImageEntry(
        file.root(),
        item.name(),
        category,
        split,
        defect,
        item.length(),
        item.modificationTime(),
        isGood() ? List.of() : masks,
        annotations);
  }
}
