package org.fairspark.config;

import java.util.Optional;

/** Folders and files that settings name. */
final class Locations {
  private static final String HOME = "~";

  private Locations() {}

  /**
   * Returns a location with {@code ~} as the home folder of this user, which a shell leaves as it
   * is after {@code --set KEY=}.
   *
   * @throws ConfigException if it begins with the home folder of another user, {@code ~NAME}
   */
  static String expanded(String key, String location) {
    if (!location.startsWith(HOME)) {
      return location;
    }
    boolean own = location.equals(HOME) || location.startsWith(HOME + "/");
    new Checks()
        .require(own, key, location, "must name another user's home folder by its path")
        .done();
    return System.getProperty("user.home") + location.substring(HOME.length());
  }

  static Optional<String> expanded(String key, Optional<String> location) {
    return location.map(place -> expanded(key, place));
  }
}
