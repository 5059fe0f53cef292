package org.fairspark.job.score;

import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** A source of Hadoop's configuration: on the driver as it is, in tasks from a broadcast. */
@FunctionalInterface
interface ListingSource extends Supplier<Configuration>, Serializable {
  static ListingSource of(Broadcast<SerializableConfiguration> broadcast) {
    return () -> broadcast.value().value();
  }
}
