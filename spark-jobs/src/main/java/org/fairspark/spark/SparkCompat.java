package org.fairspark.spark;

import com.codahale.metrics.MetricRegistry;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.rdd.PartitionPruningRDD;
import scala.runtime.AbstractFunction1;

/**
 * The calls into Spark and Scala that are no part of Spark's Java API, and so differ between their
 * versions. No other class names Scala's functions, class tags, collections or Spark's internals.
 */
public final class SparkCompat {
  private static WeakReference<MetricsSystem> registered = new WeakReference<>(null);

  private SparkCompat() {}

  /**
   * Returns an RDD of the wanted partitions alone: no task starts for the others.
   *
   * @param wanted partition numbers
   */
  public static <T> JavaRDD<T> partitions(JavaRDD<T> rdd, int[] wanted) {
    return JavaRDD.fromRDD(
        PartitionPruningRDD.create(rdd.rdd(), new Wanted(wanted)), rdd.classTag());
  }

  /** Returns the configuration of Hadoop that a Spark with these settings starts with. */
  static Configuration hadoop(SparkConf conf) {
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /** Adds a source to the metrics of the running Spark, once for each Spark. */
  static synchronized void register(String name, MetricRegistry metrics) {
    MetricsSystem system = SparkEnv.get().metricsSystem();
    if (registered.get() != system) {
      system.registerSource(new RegistrySource(name, metrics));
      registered = new WeakReference<>(system);
    }
  }

  private static final class Wanted extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int[] partitions;

    Wanted(int[] partitions) {
      this.partitions = partitions.clone();
    }

    @Override
    public Object apply(Object partition) {
      return Arrays.stream(partitions).anyMatch(wanted -> wanted == (Integer) partition);
    }
  }

  /** The interface is private in Spark's Scala; the bytecode knows no such thing. */
  private record RegistrySource(String sourceName, MetricRegistry metricRegistry)
      implements Source {}
}
