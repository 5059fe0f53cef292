package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.cache.ProcessCache;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.files.LocalFilesWithChecksums;
import org.fairspark.network.backend.NativeBackend;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.spark.MetricsProbe;
import org.fairspark.spark.SparkSessions;
import org.fairspark.spark.device.DevicePlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs' metrics, scraped from the driver's UI of a Spark without any set-up for it. */
class PrometheusIT {
  @Test
  void scrapeShowsWhatJobsDid(@TempDir Path work) {
    List<Class<?>> classes = new ArrayList<>(ProbeJar.besides(DevicePlugin.class));
    classes.addAll(ProbeJar.besides(ProcessCache.class));
    classes.addAll(ProbeJar.besides(PytorchLibrary.class));
    classes.addAll(ProbeJar.besides(LocalFilesWithChecksums.class));
    classes.addAll(ProbeJar.besides(SparkSessions.class));
    classes.add(MetricsProbe.class);
    classes.addAll(List.of(FairException.class, ExitStatus.class, NativeBackend.class));
    SparkSubmit.Result result =
        SparkSubmit.to("local[1]", "client", work)
            .conf("spark.ui.enabled", "true")
            .conf("spark.ui.port", "0")
            .run(120, MetricsProbe.class, ProbeJar.of(work, classes));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .contains(
            "metrics_fair_driver_fair_probe_images_Value{type=\"gauges\"} 3\n",
            "metrics_fair_driver_fair_probe_images_per_second_Value{type=\"gauges\"} ",
            "metrics_fair_driver_fair_quarantined_Count{type=\"counters\"} 2\n",
            "metrics_fair_driver_fair_train_loss_weave_Value{type=\"gauges\"} 0.25\n",
            "metrics_fair_driver_fair_train_averaging_seconds_Value{type=\"gauges\"} 1.5\n")
        .as("executors as Spark describes them")
        .contains("metrics_executor_completedTasks_total{");
  }
}
