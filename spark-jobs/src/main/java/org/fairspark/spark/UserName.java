package org.fairspark.spark;

import org.fairspark.failure.FairException;

/**
 * A check that the user has a name, made before Spark starts: Hadoop asks the system for it, and
 * ends without one in the middle of what it does. {@code submit.sh} looks at it by the same rule.
 */
final class UserName {
  /** The name that Java gives a user whose number the system does not know. */
  private static final String UNKNOWN = "?";

  private UserName() {}

  /**
   * Refuses a user without a name.
   *
   * @throws FairException saying what to add where
   */
  static void require() {
    require(System.getProperty("user.name"));
  }

  static void require(String name) {
    if (UNKNOWN.equals(name)) {
      throw FairException.refused(
          "the user of this process has no name on this machine, and Spark does not start without",
          "/etc/passwd",
          "add a line for its number, as in: echo \"fair:x:$(id -u):$(id -g)::/tmp:/bin/sh\""
              + " >> /etc/passwd");
    }
  }
}
