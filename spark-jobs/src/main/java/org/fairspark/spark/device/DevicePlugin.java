package org.fairspark.spark.device;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.fairspark.cache.ProcessCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin by which every executor says at its start what it will compute on, in its own log and in
 * the driver's, and closes at its end what its tasks shared ({@link ProcessCache}).
 *
 * <p>Set as {@code spark.plugins}; jobs do that.
 */
public final class DevicePlugin implements SparkPlugin {
  /** Spark's id of the executor of a local master. */
  private static final String DRIVER = "driver";

  private static final Logger LOG = LoggerFactory.getLogger(DevicePlugin.class);

  @Override
  public DriverPlugin driverPlugin() {
    return new Listener();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Checker();
  }

  private static void closeCaches() {
    try {
      ProcessCache.closeAll();
    } catch (IllegalStateException e) {
      // The process ends anyway, and takes with it what could not be closed.
      LOG.warn("Not everything that tasks shared could be closed", e);
    }
  }

  private static final class Listener implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      return Map.of();
    }

    @Override
    public Object receive(Object message) {
      LOG.info("{}", message);
      return null;
    }

    @Override
    public void shutdown() {
      closeCaches();
    }
  }

  private static final class Checker implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
      try {
        GpuAssignment gpus = GpuAssignment.of(context.resources());
        ExecutorDevice.give(gpus);
        GpuCheck.Verdict verdict = ExecutorDevice.best(gpus);
        String line =
            "executor %s on %s: %s".formatted(context.executorID(), host(), verdict.line());
        if (verdict.place() == GpuCheck.ComputePlace.NOWHERE) {
          LOG.warn("{}", line);
        } else {
          LOG.info("{}", line);
        }
        if (!context.executorID().equals(DRIVER)) {
          context.send(line);
        }
      } catch (Exception e) {
        // Whatever goes wrong in looking must not cost an executor.
        LOG.warn("Could not find out what to compute on", e);
      }
    }

    @Override
    public void shutdown() {
      closeCaches();
    }

    /**
     * Returns this machine's name: the context's own host name fails on executors, which run no
     * server (Spark 3.5).
     */
    private static String host() throws UnknownHostException {
      return InetAddress.getLocalHost().getHostName();
    }
  }
}
