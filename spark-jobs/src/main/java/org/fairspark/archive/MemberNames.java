package org.fairspark.archive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names of an archive's images, of which an archive may hold one several times: each image gets
 * a name of its own, {@code NAME#2} for the second. Holds a hash for each image.
 */
final class MemberNames {
  private final Set<Long> seen = new HashSet<>();
  private final Map<String, Integer> doubles = new HashMap<>();

  /** Returns the name under which the next image is known. */
  String next(String name) {
    if (seen.add(hash(name))) {
      return name;
    }
    return name + "#" + doubles.merge(name, 2, (number, two) -> number + 1);
  }

  /** Returns the name in the archive of an image that is known by this one. */
  static String inArchive(String known) {
    return known.replaceFirst("#[0-9]+$", "");
  }

  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
