package org.fairspark.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.fairspark.text.Sha256;

/** SHA-256 over the lines of a listing. */
final class ListingHash {
  private final MessageDigest digest = Sha256.newDigest();

  /** Adds a line; a character 0 ends each cell, so that no other cells give the same bytes. */
  void add(Object... cells) {
    for (Object cell : cells) {
      digest.update(String.valueOf(cell).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    digest.update((byte) '\n');
  }

  String hex() {
    return Sha256.hex(digest);
  }
}
