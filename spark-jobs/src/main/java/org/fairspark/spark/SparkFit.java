package org.fairspark.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.fairspark.failure.FairException;

/**
 * A check that Spark and Java fit this program and each other, made before Spark starts: what does
 * not fit would end in the middle of Spark, without the reason. {@code submit.sh} looks for a
 * fitting Java by the same rule.
 */
final class SparkFit {
  /** Written by Spark's own build into every version since 2.0. */
  private static final String RESOURCE = "/spark-version-info.properties";

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  /** Java from this version on has no security manager, which Hadoop before 3.5 asks for users. */
  private static final int NO_SECURITY_MANAGER = 24;

  private SparkFit() {}

  /**
   * Refuses what does not fit.
   *
   * @throws FairException naming what fits
   */
  static void require() {
    require(sparkVersion(), Runtime.version().feature(), System.getProperty("java.home"));
  }

  static void require(String spark, int java, String javaHome) {
    Matcher parts = VERSION.matcher(spark);
    if (!parts.matches()) {
      // A build of somebody's own, which knows what it does.
      return;
    }
    int version = Integer.parseInt(parts.group(1)) * 100 + Integer.parseInt(parts.group(2));
    if (version < 305) {
      throw FairException.refused(
          "Spark %s is too old: this program runs on Spark 3.5 and later".formatted(spark),
          "SPARK_HOME",
          "submit with a Spark 3.5 or 4, or with ./submit.sh and no SPARK_HOME: it brings one");
    }
    if (version < 402 && java >= NO_SECURITY_MANAGER) {
      throw FairException.refused(
          "Spark %s does not run on Java %d: Spark 3.5, 4.0 and 4.1 take Java 17 or 21, Spark 4.2 takes 17, 21 or 25"
              .formatted(spark, java),
          javaHome,
          "set JAVA_HOME to a JDK 17 or 21, or take a Spark 4.2");
    }
  }

  private static String sparkVersion() {
    Properties properties = new Properties();
    try (InputStream in = SparkConf.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return properties.getProperty("version", "");
  }
}
