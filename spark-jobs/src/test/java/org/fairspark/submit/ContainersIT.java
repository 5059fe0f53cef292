package org.fairspark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.fairspark.demo.DemoDataset;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code submit.sh} as containers and batch systems run it: in a mount namespace of its own, where
 * the folder for temporary files is read-only or mounted noexec, or where the control groups have
 * limits; and as a user without a name.
 */
class ContainersIT {
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    // Not below the folder for temporary files, which the tests mount anew.
    Path target = SubmitScript.repository().resolve("spark-jobs/target");
    folder = Files.createTempDirectory(Files.createDirectories(target), "containers-");
  }

  @AfterEach
  void removeFolder() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Test
  void aReadOnlyFolderForTemporaryFilesIsNamed() throws Exception {
    Ended ended = mounted("mount -o remount,bind,ro /tmp").run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            """
            error  the folder for temporary files cannot be written
            where  /tmp
            to do  set TMPDIR to a folder that can be written and is not mounted noexec
            """);
  }

  @Test
  void aFolderForTemporaryFilesMountedNoexecIsNamed() throws Exception {
    Ended ended = mounted("mount -o remount,bind,noexec /tmp").run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .contains("error  nothing can be run from the folder for temporary files")
        .contains("where  /tmp")
        .contains("to do  set TMPDIR to a folder that is not mounted noexec");
  }

  @Test
  void nativesAreLoadedFromTmpdirAlone() throws Exception {
    DemoDataset.Written data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 4, 2, 1));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Ended ended =
        mounted("mount -o remount,bind,ro /tmp")
            .with("TMPDIR", temporary.toString())
            .with("HOME", folder.resolve("no home").toString())
            .with("LC_ALL", "")
            .with("LANG", "")
            .run(
                "run",
                "--set",
                "data.root=" + data.dataRoot(),
                "--set",
                "data.categories=[weave]",
                "--set",
                "corruption.textures=" + data.textures(),
                "--set",
                "output.root=" + folder.resolve("out"),
                "--set",
                "image.size=32",
                "--set",
                "model.width=2",
                "--set",
                "training.epochs=1",
                "--set",
                "corruption.variants=1",
                "--set",
                "evaluation.smoothing=5",
                "--",
                "--master",
                "local[1]",
                "--conf",
                "spark.ui.enabled=false");
    assertThat(ended.code()).as("%s", ended).isZero();
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files)
          .as("natives that are kept for the next run")
          .anyMatch(file -> file.getFileName().toString().startsWith("libnd4jcpu"));
    }
    assertThat(folder.resolve("no home")).doesNotExist();
  }

  @Test
  void aUserWithoutANameIsToldWhatToDo() throws Exception {
    Path wrapper =
        script(
            """
            #!/bin/bash
            exec setpriv --reuid 12345 --regid 12345 --clear-groups "%s" "$@"
            """
                .formatted(SubmitScript.repository().resolve("submit.sh")));
    Assumptions.assumeTrue(
        runs("setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups", "true"),
        "Skipped: setpriv cannot change the user here");
    Ended ended = new SubmitScript().script(wrapper).run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .contains("error  the user with the number 12345 has no name on this machine")
        .contains("where  /etc/passwd")
        .contains("12345:12345::");
  }

  @Test
  void limitsOfControlGroupsOfVersion1AreHeeded() throws Exception {
    Assumptions.assumeTrue(
        Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
            .anyMatch(line -> line.split(":", 3)[1].equals("memory")),
        "Skipped: no control group of version 1 has this process's memory");
    assertThat(
            chosenWith(
                """
                group="$(sed -n 's/^[0-9]*:memory://p' /proc/self/cgroup)"
                mkdir -p "/sys/fs/cgroup/memory$group"
                echo %d >"/sys/fs/cgroup/memory/memory.limit_in_bytes"
                """
                    .formatted(6L << 30)))
        .as("a quarter of 6 GiB")
        .startsWith("1536m ");
  }

  @Test
  void limitsOfControlGroupsOfVersion2AreHeeded() throws Exception {
    Assumptions.assumeTrue(
        Files.readAllLines(Path.of("/proc/self/cgroup")).stream().anyMatch(l -> l.startsWith("0:")),
        "Skipped: no control groups of version 2");
    assertThat(
            chosenWith(
                """
                group="$(sed -n 's/^0:://p' /proc/self/cgroup)"
                mkdir -p "/sys/fs/cgroup$group"
                echo max >"/sys/fs/cgroup$group/memory.max"
                echo %d >"/sys/fs/cgroup/memory.max"
                echo '50000 100000' >"/sys/fs/cgroup$group/cpu.max"
                """
                    .formatted(5L << 30)))
        .as("a quarter of 5 GiB, and half a processor is one")
        .isEqualTo("1280m 1");
  }

  /** Returns heap and threads that the script chooses below some limits. */
  private String chosenWith(String limits) throws Exception {
    Path spark = Files.createDirectories(folder.resolve("spark/bin")).getParent();
    Files.writeString(spark.resolve("RELEASE"), "Spark 3.5.9 that only says what it was given\n");
    executable(
        spark.resolve("bin/spark-submit"),
        "#!/bin/bash\necho \"chosen $SPARK_DRIVER_MEMORY $OMP_NUM_THREADS\"\n");
    Ended ended =
        mounted("mount -t tmpfs none /sys/fs/cgroup\n" + limits)
            .with("SPARK_HOME", spark.toString())
            .with("SPARK_DRIVER_MEMORY", "")
            .with("OMP_NUM_THREADS", "")
            .run("prepare");
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended.out().strip().replace("chosen ", "");
  }

  /** Returns the script in a mount namespace, after commands that need one. */
  private SubmitScript mounted(String commands) throws Exception {
    List<String> unshare = new ArrayList<>(List.of("unshare", "--mount"));
    if (!runs("unshare", "--mount", "mount", "--bind", "/tmp", "/tmp")) {
      unshare.add("--map-root-user");
      Assumptions.assumeTrue(
          runs("unshare", "--mount", "--map-root-user", "mount", "--bind", "/tmp", "/tmp"),
          "Skipped: no mount namespace can be made here");
    }
    Path inside =
        script(
            """
            #!/bin/bash
            set -e
            mount --bind /tmp /tmp
            %s
            exec "%s" "$@"
            """
                .formatted(commands, SubmitScript.repository().resolve("submit.sh")));
    Path wrapper =
        script("#!/bin/bash\nexec %s '%s' \"$@\"\n".formatted(String.join(" ", unshare), inside));
    return new SubmitScript().script(wrapper);
  }

  private Path script(String text) throws IOException {
    return executable(Files.createTempFile(folder, "script-", ".sh"), text);
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static boolean runs(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      // There is no such program.
      return false;
    }
  }
}
