package org.fairspark.config;

import java.util.Objects;

/**
 * {@code output.*}.
 *
 * @param root any Hadoop file-system URI or a local path
 */
public record OutputConfig(String root) {

  public OutputConfig {
    Objects.requireNonNull(root, "root");
    root = Locations.expanded("output.root", root);
    new Checks()
        .require(!root.isBlank(), "output.root", root, "must be a folder or a file-system URI")
        .done();
  }
}
