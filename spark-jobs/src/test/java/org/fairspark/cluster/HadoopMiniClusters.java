package org.fairspark.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * HDFS and YARN (Hadoop 3.3.4, the one that Spark ships) on 127.0.0.1, in a process of their own
 * with a class path of their own.
 *
 * <p>Source of the program that runs there: {@code test-clusters/hadoop/MiniClusters.java}.
 */
final class HadoopMiniClusters implements AutoCloseable {
  private static final int START_SECONDS = 240;

  private final ChildProcess process;
  private final Path confDir;
  private final String fileSystem;

  private HadoopMiniClusters(ChildProcess process, Path confDir, String fileSystem) {
    this.process = process;
    this.confDir = confDir;
    this.fileSystem = fileSystem;
  }

  /**
   * Starts both and waits until they answer. Skips the test where their jars cannot be had.
   *
   * @param work an empty folder for blocks, container folders and logs
   * @param memoryMb what the one node manager has to give, in MiB
   * @param vcores likewise
   */
  static HadoopMiniClusters start(Path work, int memoryMb, int vcores) {
    Path jars = MavenFolder.jars("hadoop");
    Path sources = MavenFolder.sources("hadoop");
    Path conf = work.resolve("hadoop-conf");
    ChildProcess process =
        ChildProcess.start(
            "hadoop",
            List.of(
                Repository.java(),
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                sources + ":" + jars + "/*",
                sources.resolve("MiniClusters.java").toString(),
                work.resolve("hadoop-work").toString(),
                conf.toString(),
                Integer.toString(memoryMb),
                Integer.toString(vcores)),
            // The containers' processes inherit this.
            Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
            work);
    try {
      return new HadoopMiniClusters(process, conf, process.awaitLine("READY", START_SECONDS));
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Holds core-site.xml, hdfs-site.xml and yarn-site.xml: the HADOOP_CONF_DIR of a client. */
  Path confDir() {
    return confDir;
  }

  /** Returns the address, for example {@code hdfs://localhost:40123}. */
  String fileSystem() {
    return fileSystem;
  }

  /** Returns the process below which every YARN container runs. */
  ProcessHandle handle() {
    return process.handle();
  }

  @Override
  public void close() {
    process.close();
  }
}
