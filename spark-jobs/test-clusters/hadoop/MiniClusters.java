import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS (one data node) and YARN (one node manager) on 127.0.0.1, in this process: for tests only.
 *
 * <p>Arguments: a work folder, the configuration folder to write, the node manager's memory in MiB
 * and its virtual cores. Prints {@code READY} when both answer. Ends when standard input ends, so
 * that it never outlives whoever started it.
 */
public final class MiniClusters {
  private static final String LOCAL = "127.0.0.1";

  public static void main(String[] args) {
    if (args.length != 4) {
      System.err.println("Usage: MiniClusters WORK_FOLDER CONF_FOLDER MEMORY_MB VCORES");
      System.exit(2);
    }
    int code = 0;
    try {
      run(args);
    } catch (Throwable e) {
      e.printStackTrace();
      code = 1;
    }
    // No orderly shutdown: the work folder goes with the test, and a halt cannot hang.
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(code);
  }

  private static void run(String[] args) throws Exception {
    Path work = Path.of(args[0]).toAbsolutePath();
    Path conf = Path.of(args[1]).toAbsolutePath();
    System.setProperty("test.build.data", work.resolve("data").toString());
    System.setProperty("hadoop.tmp.dir", work.resolve("tmp").toString());
    Files.createDirectories(work);
    Files.createDirectories(conf);

    Configuration hdfs = dfsConfiguration(work);
    MiniDFSCluster dfs =
        new MiniDFSCluster.Builder(hdfs, work.resolve("dfs").toFile()).numDataNodes(1).build();
    dfs.waitActive();
    try (FileSystem files = dfs.getFileSystem()) {
      files.mkdirs(new org.apache.hadoop.fs.Path("/user/" + System.getProperty("user.name")));
      files.mkdirs(new org.apache.hadoop.fs.Path("/tmp"), new FsPermission("777"));
    }

    YarnConfiguration yarn =
        yarnConfiguration(dfs.getConfiguration(0), Integer.parseInt(args[2]), args[3]);
    MiniYARNCluster cluster = new MiniYARNCluster("fair", 1, 1, 1);
    cluster.init(yarn);
    cluster.start();
    if (!cluster.waitForNodeManagersToConnect(60_000)) {
      throw new IOException("The node manager did not register within 60 seconds");
    }

    write(conf, dfs.getURI().toString(), cluster.getConfig());
    System.out.println("READY " + dfs.getURI());
    System.out.flush();
    while (System.in.read() >= 0) {
      // Whatever is said: only the end counts.
    }
  }

  private static Configuration dfsConfiguration(Path work) {
    Configuration conf = new Configuration();
    conf.set("hadoop.tmp.dir", work.resolve("tmp").toString());
    conf.set("dfs.replication", "1");
    conf.set("dfs.namenode.fs-limits.min-block-size", "0");
    conf.set("dfs.datanode.hostname", LOCAL);
    conf.set("dfs.namenode.rpc-bind-host", LOCAL);
    conf.set("dfs.namenode.http-address", LOCAL + ":0");
    return conf;
  }

  private static YarnConfiguration yarnConfiguration(
      Configuration base, int memoryMb, String vcores) throws IOException {
    YarnConfiguration conf = new YarnConfiguration(base);
    // Fixed ports, for only then is the address ours and not the machine's public one.
    conf.setBoolean("yarn.minicluster.fixed.ports", true);
    for (String service :
        new String[] {
          "resourcemanager.address",
          "resourcemanager.scheduler.address",
          "resourcemanager.resource-tracker.address",
          "resourcemanager.admin.address",
          "resourcemanager.webapp.address"
        }) {
      conf.set("yarn." + service, LOCAL + ":" + freePort());
    }
    conf.set("yarn.resourcemanager.hostname", LOCAL);
    conf.set("yarn.nodemanager.hostname", LOCAL);
    conf.set("yarn.nodemanager.address", LOCAL + ":0");
    conf.set("yarn.nodemanager.localizer.address", LOCAL + ":0");
    conf.set("yarn.nodemanager.collector-service.address", LOCAL + ":0");
    conf.set("yarn.nodemanager.webapp.address", LOCAL + ":0");
    conf.set("yarn.minicluster.yarn.nodemanager.resource.memory-mb", Integer.toString(memoryMb));
    conf.set("yarn.nodemanager.resource.memory-mb", Integer.toString(memoryMb));
    conf.set("yarn.nodemanager.resource.cpu-vcores", vcores);
    conf.set("yarn.scheduler.minimum-allocation-mb", "256");
    conf.set("yarn.scheduler.maximum-allocation-mb", Integer.toString(memoryMb));
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.nodemanager.vmem-check-enabled", "false");
    conf.set("yarn.nodemanager.delete.debug-delay-sec", "600");
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.9");
    conf.set("yarn.nm.liveness-monitor.expiry-interval-ms", "60000");
    // Containers start, and their end is known, at a node's next word: every second by default.
    conf.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    conf.set("yarn.log-aggregation-enable", "false");
    // Clients take their class path from Spark; the cluster has none to offer.
    conf.set("yarn.application.classpath", "");
    return conf;
  }

  /** Only what a client needs: a dump of every default would pin Hadoop's, and be unreadable. */
  private static void write(Path folder, String fs, Configuration cluster) throws IOException {
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", fs);
    save(folder.resolve("core-site.xml"), core);

    Configuration hdfs = new Configuration(false);
    hdfs.set("dfs.replication", "1");
    save(folder.resolve("hdfs-site.xml"), hdfs);

    Configuration yarn = new Configuration(false);
    for (Map.Entry<String, String> entry : cluster) {
      String key = entry.getKey();
      boolean wanted =
          key.matches("yarn\\.resourcemanager\\.([a-z-]+\\.)?address")
              || key.startsWith("yarn.scheduler.m")
              || key.equals("yarn.application.classpath")
              || key.equals("yarn.resourcemanager.hostname");
      if (wanted) {
        yarn.set(key, cluster.get(key));
      }
    }
    save(folder.resolve("yarn-site.xml"), yarn);
  }

  private static void save(Path file, Configuration conf) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      conf.writeXml(out);
    }
  }

  /** Below the ports that the system gives to others between this and the service's start. */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(LOCAL))) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Someone else's.
      }
    }
  }
}
