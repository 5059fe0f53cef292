package org.fairspark.table;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** What wrote a table. */
final class Versions {
  private Versions() {}

  static SortedMap<String, String> current(SparkSession spark) {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("fair", ofThis());
    versions.put("spark", spark.version());
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }

  private static String ofThis() {
    return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
