package org.fairspark.config;

import java.util.Optional;

/**
 * {@code manifest.*}: what the command {@code manifest} writes.
 *
 * @param to the table's file; nothing writes it to standard output
 */
public record ManifestConfig(@Absent("stdout") Optional<String> to) {

  public ManifestConfig {
    new Checks()
        .require(
            to.isEmpty() || !to.get().isBlank(),
            "manifest.to",
            to.orElse(""),
            "must be a file, or stdout")
        .done();
  }
}
