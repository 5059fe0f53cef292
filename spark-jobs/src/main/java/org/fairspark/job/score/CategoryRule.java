package org.fairspark.job.score;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule that tells an image's category from its path.
 *
 * @param fixed the category of all images, or null
 * @param pattern whose first group is the category, or null
 * @param known categories that there are models of
 * @param rootName last folder of the data root: an image's category where no folder below the root
 *     tells another
 */
record CategoryRule(String fixed, Pattern pattern, Set<String> known, String rootName)
    implements Serializable {

  CategoryRule {
    known = Set.copyOf(known);
  }

  /**
   * Returns the category of an image.
   *
   * @param name its path below the data root
   * @return nothing if its path does not tell, or tells one without a model
   */
  Optional<String> of(String name) {
    if (fixed != null) {
      return Optional.of(fixed).filter(known::contains);
    }
    if (pattern != null) {
      Matcher matcher = pattern.matcher(name);
      return matcher.find()
          ? Optional.ofNullable(matcher.group(1)).filter(known::contains)
          : Optional.empty();
    }
    int from = 0;
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', from)) {
      String folder = name.substring(from, slash);
      if (known.contains(folder)) {
        return Optional.of(folder);
      }
      from = slash + 1;
    }
    return Optional.of(rootName).filter(known::contains);
  }
}
