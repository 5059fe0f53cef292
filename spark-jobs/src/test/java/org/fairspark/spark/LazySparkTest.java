package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.fairspark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a Spark before it is started. */
class LazySparkTest {
  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  private static LazySpark unstarted(SparkConf conf) {
    return new LazySpark(
        () -> conf,
        given -> {
          throw new AssertionError("Spark was started");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"local; 1", "local[3]; 3", "local[ 3 ]; 3", "local[5,2]; 5", "local[5 , 2]; 5"})
  void aLocalMasterTellsItsThreads(String master, int threads) {
    assertThat(unstarted(conf(master)).shape()).isEqualTo(new ClusterShape(1, threads, 1));
    assertThat(unstarted(conf(master)).isLocal()).as("one process").isTrue();
  }

  @Test
  void aStarIsAllProcessors() {
    int all = Runtime.getRuntime().availableProcessors();
    assertThat(unstarted(conf("local[*]")).shape().cores()).isEqualTo(all);
    assertThat(unstarted(conf("local[*,4]")).shape().cores()).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://host:7077", "yarn", "k8s://host", "local-cluster[2,1,1024]"})
  void ofAClusterOnlyARunningSparkTells(String master) {
    assertThatThrownBy(() -> unstarted(conf(master)).shape()).hasMessage("Spark was started");
    assertThatThrownBy(() -> unstarted(conf(master)).hadoop()).hasMessage("Spark was started");
    assertThatThrownBy(() -> unstarted(conf(master)).conf()).hasMessage("Spark was started");
  }

  @Test
  void aJobOfOneProcessOutlivesANightOfSleep() {
    SparkConf conf = SparkSessions.lazy("test", given -> MemoryPlan.ofPreparing(1, 1, 1)).conf();
    assertThat(conf.get("spark.master")).startsWith("local");
    assertThat(conf.getTimeAsMs(SparkSessions.SILENCE, "0")).isGreaterThan(86_400_000L);
  }

  @Test
  void theSettingsTellWhatTheRunningSparkDoes() {
    SparkSession running = LocalSpark.session();
    SparkConf conf =
        running
            .sparkContext()
            .getConf()
            .set("spark.task.cpus", "2")
            .set("spark.hadoop.fair.test", "a value");
    LazySpark before = unstarted(conf);
    assertThat(before.shape())
        .isEqualTo(new ClusterShape(1, ClusterShape.of(running.sparkContext()).cores(), 2));
    assertThat(unstarted(conf.clone().set("spark.default.parallelism", "7")).shape().cores())
        .as("as Spark does, by its own setting")
        .isEqualTo(7);
    assertThat(before.hadoop().get("fair.test")).isEqualTo("a value");
    assertThat(before.hadoop().get("fs.defaultFS"))
        .isEqualTo(running.sparkContext().hadoopConfiguration().get("fs.defaultFS"));
    assertThat(before.isStarted()).as("started").isFalse();
  }

  @Test
  void aStartedSparkIsAsked() {
    LazySpark started = LocalSpark.lazy();
    assertThat(started.isStarted()).as("started").isTrue();
    assertThat(started.hadoop()).isSameAs(started.session().sparkContext().hadoopConfiguration());
    assertThat(started.shape()).isEqualTo(ClusterShape.of(started.session().sparkContext()));
  }
}
