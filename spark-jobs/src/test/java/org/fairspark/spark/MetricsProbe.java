package org.fairspark.spark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;

/** A job that counts a little and prints what Prometheus would get from Spark's own endpoints. */
public final class MetricsProbe {
  private MetricsProbe() {}

  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSessions.start("probe")) {
      SparkMetrics.count("probe", "images", () -> 3);
      SparkMetrics.quarantined(2);
      SparkMetrics.loss("weave", 0.25);
      SparkMetrics.averaged(Duration.ofMillis(1500));
      spark.range(10).count();
      String ui = spark.sparkContext().uiWebUrl().get();
      System.out.println(get(ui + "/metrics/prometheus/"));
      System.out.println(get(ui + "/metrics/executors/prometheus/"));
    }
  }

  private static String get(String uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
        .body();
  }
}
