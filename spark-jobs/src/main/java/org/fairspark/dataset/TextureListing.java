package org.fairspark.dataset;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omissions;
import org.fairspark.files.TreeRoot;

/**
 * The texture images below a folder, in the order of their names.
 *
 * @param root the folder as an absolute URI
 * @param names paths relative to it
 * @param fingerprint SHA-256 over names, lengths and modification times
 * @param left files below the folder that are no textures, with reasons
 */
public record TextureListing(String root, List<String> names, String fingerprint, Omissions left)
    implements Serializable {

  /** Returns the account of all files below the folder: a line for the sum, one for each reason. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "textures %d: %d images, %s"
            .formatted(names.size() + left.files(), names.size(), left.sum()));
    lines.addAll(left.lines());
    return lines;
  }

  /**
   * Lists the textures; no file is opened.
   *
   * @param spark asked for where there are many folders
   * @throws FairException if there is no such folder, or no image in it
   */
  public static TextureListing of(
      Configuration hadoop, Supplier<JavaSparkContext> spark, String folder) {
    return of(hadoop, Optional.of(spark), folder);
  }

  static TextureListing of(Configuration hadoop, String folder) {
    return of(hadoop, Optional.empty(), folder);
  }

  private static TextureListing of(
      Configuration hadoop, Optional<Supplier<JavaSparkContext>> spark, String folder) {
    String root = TreeRoot.resolve(hadoop, "corruption.textures", folder);
    FileTree tree = new TreeLister(hadoop, spark).list(root, below -> true);
    if (tree.files().isEmpty()) {
      throw FairException.refused(
          "no images in corruption.textures",
          root,
          "give a folder of texture images, or none to take textures from the training images");
    }
    ListingHash hash = new ListingHash();
    for (FileItem file : tree.files()) {
      hash.add(file.name(), file.length(), file.modificationTime());
    }
    return new TextureListing(
        root, tree.files().stream().map(FileItem::name).toList(), hash.hex(), tree.left());
  }
}
