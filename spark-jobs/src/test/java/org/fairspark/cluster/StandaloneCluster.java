package org.fairspark.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.submit.ShortLivedJvm;

/**
 * A real Spark standalone cluster: one master and some workers, each a JVM of its own on 127.0.0.1,
 * on ports that the system chooses. Closing it ends all of them, and the executors they started.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final int START_SECONDS = 120;

  private final Path sparkHome;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<Process> workers = new ArrayList<>();
  private Process master;
  private String masterUrl;

  private StandaloneCluster(Path sparkHome, Path folder, Map<String, String> environment) {
    this.sparkHome = sparkHome;
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Starts a cluster and waits until all workers have registered.
   *
   * @param sparkHome a Spark with {@code bin/spark-class}
   * @param folder where logs ({@code master.log}, {@code worker-0.log}) and the applications'
   *     working folders go
   * @param workers how many workers
   * @param cores cores of each worker
   * @param memory memory of each worker for executors, for example {@code 2g}
   * @throws IllegalStateException if one does not start, with the end of its log
   */
  public static StandaloneCluster start(
      Path sparkHome, Path folder, int workers, int cores, String memory) {
    return start(sparkHome, folder, workers, cores, memory, Map.of());
  }

  /**
   * Starts a cluster with environment variables for master and workers, such as {@code
   * SPARK_WORKER_OPTS}.
   */
  public static StandaloneCluster start(
      Path sparkHome,
      Path folder,
      int workers,
      int cores,
      String memory,
      Map<String, String> environment) {
    StandaloneCluster cluster = new StandaloneCluster(sparkHome, folder, environment);
    try {
      cluster.startMaster();
      for (int i = 0; i < workers; i++) {
        cluster.startWorker(i, cores, memory);
      }
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Returns {@code spark://127.0.0.1:PORT}. */
  public String masterUrl() {
    return masterUrl;
  }

  /** Returns the executor JVMs that run now on a worker; each can be killed as a crash would. */
  public List<ProcessHandle> executors(int worker) {
    return workers.get(worker).descendants().filter(p -> isExecutor(p)).toList();
  }

  /** Kills a worker and its executors at once, as when a machine is lost. */
  public void killWorker(int worker) {
    killTree(workers.get(worker));
  }

  @Override
  public void close() {
    workers.forEach(StandaloneCluster::killTree);
    if (master != null) {
      killTree(master);
    }
  }

  private void startMaster() {
    CompletableFuture<Matcher> said = new CompletableFuture<>();
    master =
        launch(
            "master",
            List.of("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"),
            Pattern.compile("Starting Spark master at (spark://\\S+)"),
            said);
    masterUrl = await(said, "master").group(1);
  }

  private void startWorker(int number, int cores, String memory) {
    CompletableFuture<Matcher> said = new CompletableFuture<>();
    String name = "worker-" + number;
    workers.add(
        launch(
            name,
            List.of(
                "worker.Worker",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0",
                "--cores",
                Integer.toString(cores),
                "--memory",
                memory,
                "--work-dir",
                folder.resolve(name).toString(),
                masterUrl),
            Pattern.compile("Successfully registered with master"),
            said));
    await(said, name);
  }

  private Process launch(
      String name, List<String> words, Pattern ready, CompletableFuture<Matcher> said) {
    List<String> command = new ArrayList<>();
    command.add(sparkHome.resolve("bin").resolve("spark-class").toString());
    command.add("org.apache.spark.deploy." + words.get(0));
    command.addAll(words.subList(1, words.size()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "SPARK_LOCAL_IP", "127.0.0.1",
                "SPARK_PUBLIC_DNS", "127.0.0.1",
                "SPARK_DAEMON_MEMORY", "256m",
                // Executors, and drivers in the cluster, inherit it from their worker.
                "JAVA_TOOL_OPTIONS", ShortLivedJvm.options()));
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(folder);
      Process process = builder.start();
      Thread reader =
          new Thread(() -> copy(process, folder.resolve(name + ".log"), ready, said), name);
      reader.setDaemon(true);
      reader.start();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  private static void copy(
      Process process, Path log, Pattern ready, CompletableFuture<Matcher> said) {
    StringBuilder all = new StringBuilder();
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(log), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        if (!said.isDone()) {
          all.append(line).append('\n');
          Matcher matcher = ready.matcher(line);
          if (matcher.find()) {
            said.complete(matcher);
          }
        }
      }
    } catch (IOException e) {
      said.completeExceptionally(e);
    }
    said.completeExceptionally(new IllegalStateException("ended after:\n" + all));
  }

  private Matcher await(CompletableFuture<Matcher> said, String name) {
    try {
      return said.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " started", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(name + " did not start", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          name + " did not start within " + START_SECONDS + " s; see " + folder, e);
    }
  }

  private static boolean isExecutor(ProcessHandle process) {
    // ProcessHandle cuts command lines at a page; this name comes after a long class path.
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
      return new String(line, StandardCharsets.UTF_8).contains("CoarseGrainedExecutorBackend");
    } catch (IOException e) {
      return false;
    }
  }

  private static void killTree(Process process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(0, process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(p -> p.onExit().completeOnTimeout(p, 10, TimeUnit.SECONDS).join());
  }
}
