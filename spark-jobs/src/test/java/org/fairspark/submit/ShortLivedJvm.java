package org.fairspark.submit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.fairspark.cli.Main;
import org.fairspark.demo.DemoDataset;

/**
 * JVM options for the many processes of Spark that tests start and that live for seconds. Such a
 * process spends most of its time on loading classes and on compiling them: the first is done once,
 * into an archive that all of them map (class-data sharing), and the second by the quick compiler
 * alone. Neither changes what is computed; an archive that does not fit is not used. With a local
 * master {@code submit.sh} has an archive of its own.
 */
public final class ShortLivedJvm {
  /**
   * The quick compiler alone has room for 48 MiB of code, less than some commands one by one fill.
   */
  static final String COMPILER = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m";

  private static String options;

  private ShortLivedJvm() {}

  /** Returns the options, as {@code JAVA_TOOL_OPTIONS} and {@code SPARK_SUBMIT_OPTS} take them. */
  public static synchronized String options() {
    if (options == null) {
      Path archive = archive();
      // What passes options on does not agree on how to quote a space.
      boolean usable = Files.exists(archive) && !archive.toString().contains(" ");
      options =
          usable
              ? COMPILER + " -Xshare:auto -Xlog:cds*=off -XX:SharedArchiveFile=" + archive
              : COMPILER;
    }
    return options;
  }

  /**
   * Returns what a class path begins with whose JVM can map the archive: that of the build's Spark.
   */
  public static String classPath() {
    Path spark = SubmitScript.localSpark();
    return spark.resolve("conf") + ":" + spark.resolve("jars") + "/*";
  }

  /**
   * Returns the classes of Spark that a small run on the demonstration's data loads. Made where it
   * is missing or older than what it was made of.
   */
  private static Path archive() {
    Path folder = SubmitScript.repository().resolve("spark-jobs/target/class-archive");
    Path archive = folder.resolve("spark.jsa");
    try {
      Files.createDirectories(folder);
      // Tests run in several processes.
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        assert held.isValid();
        if (outdated(archive)) {
          make(folder, archive);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + archive, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making " + archive, e);
    }
    return archive;
  }

  private static boolean outdated(Path archive) throws IOException {
    if (!Files.exists(archive)) {
      return true;
    }
    for (Path source : List.of(SubmitScript.jar(), SubmitScript.localSpark().resolve("RELEASE"))) {
      if (Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(archive)) > 0) {
        return true;
      }
    }
    return false;
  }

  private static void make(Path folder, Path archive) throws IOException, InterruptedException {
    Path fresh = folder.resolve("spark.jsa.new");
    Files.deleteIfExists(archive);
    Files.deleteIfExists(fresh);
    Path work = Files.createTempDirectory("class-archive");
    DemoDataset.Written data = DemoDataset.write(work, 3, new DemoDataset.Size(64, 4, 2, 1));
    List<String> words =
        new ArrayList<>(
            List.of(
                SubmitScript.localSpark().resolve("bin/spark-submit").toString(),
                "--master",
                "local[1]",
                "--class",
                Main.class.getName(),
                "--conf",
                "spark.ui.enabled=false",
                SubmitScript.jar().toString(),
                "run"));
    for (String setting :
        List.of(
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "corruption.textures=" + data.textures(),
            "output.root=" + work.resolve("out"),
            "image.size=32",
            "model.width=2",
            "training.epochs=1",
            "corruption.variants=1",
            "evaluation.smoothing=5")) {
      words.addAll(List.of("--set", setting));
    }
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("made.log").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder
        .environment()
        .put("SPARK_SUBMIT_OPTS", COMPILER + " -Xlog:cds*=off -XX:ArchiveClassesAtExit=" + fresh);
    int code = builder.start().waitFor();
    FileUtils.deleteDirectory(work.toFile());
    if (code == 0 && Files.exists(fresh)) {
      Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
