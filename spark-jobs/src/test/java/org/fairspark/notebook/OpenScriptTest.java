package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code open.sh} in a folder with a space in its name, with stand-ins for the rest. */
class OpenScriptTest {
  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void layOut() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash here");
    home = Files.createDirectories(folder.toRealPath().resolve("a home"));
    Files.createDirectory(home.resolve("notebooks"));
    for (String file : List.of("open.sh", "java.options")) {
      Files.copy(Notebooks.FOLDER.resolve(file), home.resolve("notebooks").resolve(file));
    }
    script(home.resolve("submit.sh"), "echo \"built: $*\"");
    script(
        folder.resolve("jupyter"),
        "echo \"arguments: $*\"",
        "echo \"class path: $JJAVA_CLASSPATH\"",
        "[[ \"$IJAVA_CLASSPATH\" == \"$JJAVA_CLASSPATH\" ]] && echo same",
        "echo \"output: ${FAIR_OUTPUT:-}, ${FAIR_SWEEP:-}\"",
        "exec \"$JAVA\" -XshowSettings:properties -version");
  }

  @Test
  void theKernelFindsProductSparkAndRun() throws Exception {
    Path run = Files.createDirectory(folder.resolve("run"));

    List<String> said =
        open(Map.of("SPARK_HOME", "/opt/spark"), run.toString(), "hdfs://name/sweep");

    assertThat(said)
        .contains(
            "built: --version",
            "arguments: lab " + home.resolve("notebooks"),
            "class path: "
                + home.resolve("spark-jobs/target/fair-spark-1.0.0.jar")
                + ":/opt/spark/jars/*",
            "same",
            "output: " + run.toRealPath() + ", hdfs://name/sweep")
        .as("options that reach the kernel's Java")
        .contains(
            "    log4j2.configurationFile = " + home.resolve("conf/log4j2.properties"),
            "    jdk.reflect.useDirectMethodHandle = false",
            "    given.before = yes");
  }

  @Test
  void withoutSparkTheBuildsOwnIsTaken() throws Exception {
    assertThat(open(Map.of()))
        .contains(
            "class path: "
                + home.resolve("spark-jobs/target/fair-spark-1.0.0.jar")
                + ":"
                + home.resolve("spark-jobs/local-spark/target/spark/jars/*"),
            "output: , ");
  }

  @Test
  void withoutJupyterItIsSaidHowToGetIt() throws Exception {
    assertThat(open(Map.of("JUPYTER", "no-such-command lab")))
        .contains(
            "error  Jupyter was not found",
            "where  JUPYTER=no-such-command lab",
            "to do  pip install jupyterlab jjava");
  }

  private List<String> open(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("/bin/bash");
    command.add(home.resolve("notebooks/open.sh").toString());
    command.addAll(List.of(arguments));
    Path output = folder.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeAll(List.of("SPARK_HOME", "FAIR_OUTPUT", "FAIR_SWEEP"));
    variables.put("PATH", folder + ":" + variables.get("PATH"));
    variables.put("JUPYTER", "jupyter lab");
    variables.put("JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    variables.put("JDK_JAVA_OPTIONS", "-Dgiven.before=yes");
    variables.putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("open.sh ended").isTrue();
    return Files.readAllLines(output);
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
