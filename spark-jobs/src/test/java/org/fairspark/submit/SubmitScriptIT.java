package org.fairspark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.fairspark.config.SettingDoc;
import org.fairspark.submit.SubmitScript.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit.sh}, called from a shell. Needs the jar: runs after {@code package}. */
class SubmitScriptIT {
  @TempDir Path folder;

  private static String[] words(String... words) {
    return words;
  }

  @Test
  void helpListsTheJobsAndTheirSettings() throws Exception {
    Ended help = new SubmitScript().run("--help");
    assertThat(help.code()).as("%s", help).isZero();
    assertThat(help.out()).as("help").contains("--set KEY=VALUE").contains("Exit codes: 0 done");
    Ended version = new SubmitScript().run("--version");
    assertThat(version.out()).as("%s", version).startsWith("FAIR on Spark ");
    Ended completion = new SubmitScript().run("completion");
    assertThat(completion.out()).as("completion").contains("complete -F");
  }

  @Test
  void wrongUsageIsExitCode2AndThreeLines() throws Exception {
    for (String[] words : new String[][] {words(), words("no-such-job"), words("--nonsense")}) {
      Ended ended = new SubmitScript().run(words);
      assertThat(ended.code()).as("%s", ended).isEqualTo(2);
      assertThat(ended.err().lines().map(line -> line.split(" ", 2)[0]))
          .as("%s", ended)
          .containsExactly("error", "where", "to");
    }
  }

  @Test
  void worksThroughASymbolicLinkFromAnyFolder() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("ein Ordner für α"));
    Path link =
        Files.createSymbolicLink(
            elsewhere.resolve("fair"), SubmitScript.repository().resolve("submit.sh"));
    Path second =
        Files.createSymbolicLink(folder.resolve("second"), Path.of("ein Ordner für α/fair"));
    Ended one = new SubmitScript().script(link).from(elsewhere).run("--version");
    assertThat(one.code()).as("absolute link: %s", one).isZero();
    Ended two = new SubmitScript().script(second).from(elsewhere).run("--version");
    assertThat(two.code()).as("relative link to a link: %s", two).isZero();
    // JUnit warns of links that lead out of its folder.
    Files.delete(link);
    Files.delete(second);
  }

  @Test
  void withoutAFittingJavaItSaysWhatToDo() throws Exception {
    Path java = Files.createDirectories(folder.resolve("jdk-11/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).as("executable").isTrue();
    Path bin = toolsWithoutJava();
    Ended ended =
        new SubmitScript()
            .with("JAVA_HOME", folder.resolve("jdk-11").toString())
            .with("PATH", bin.toString())
            .with("HOME", folder.toString())
            .with("FAIR_JVM_FOLDER", folder.toString())
            .run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .as("message")
        .contains("it takes Java 17 or 21")
        .contains("(Java 11)")
        .contains("set JAVA_HOME");
  }

  /** Returns a path without any java: stand-ins for the programs that the script needs. */
  private Path toolsWithoutJava() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool :
        List.of(
            "bash",
            "dirname",
            "readlink",
            "sed",
            "id",
            "date",
            "mkdir",
            "tail",
            "mktemp",
            "chmod",
            "rm")) {
      Path real =
          Files.isExecutable(Path.of("/usr/bin", tool))
              ? Path.of("/usr/bin", tool)
              : Path.of("/bin", tool);
      Path standIn = Files.writeString(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
      assertThat(standIn.toFile().setExecutable(true)).as("executable").isTrue();
    }
    return bin;
  }

  @Test
  void anyFittingJavaWillDo() throws Exception {
    Path home = Files.createDirectories(folder.resolve("jdk-21/bin")).getParent();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"21.0.8\"\n");
    Path java = home.resolve("bin/java");
    Files.writeString(java, "#!/bin/sh\necho java 21 was called\n");
    assertThat(java.toFile().setExecutable(true)).as("executable").isTrue();
    Ended ended = new SubmitScript().with("JAVA_HOME", home.toString()).run("--version");
    assertThat(ended.out()).as("%s", ended).isEqualTo("java 21 was called\n");
  }

  @Test
  void aJavaWithoutTheModuleThatSpark4StartsWithIsNamed() throws Exception {
    Path home = Files.createDirectories(folder.resolve("made-by-jlink/bin")).getParent();
    Files.writeString(
        home.resolve("release"), "JAVA_VERSION=\"21.0.8\"\nMODULES=\"java.base java.xml\"\n");
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).as("executable").isTrue();
    Path spark = Files.createDirectory(folder.resolve("spark"));
    Files.writeString(spark.resolve("RELEASE"), "Spark 4.2.0\n");
    Ended ended =
        new SubmitScript()
            .with("SPARK_HOME", spark.toString())
            .with("JAVA_HOME", home.toString())
            .with("PATH", toolsWithoutJava().toString())
            .with("HOME", folder.toString())
            .with("FAIR_JVM_FOLDER", folder.toString())
            .run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .contains("no Java that Spark 4.2.0 runs on was found")
        .contains(home + " (Java 21 without the module jdk.incubator.vector)");
  }

  @Test
  void namesThatAreNotAsciiSurviveALocaleThatIsNotUtf8() throws Exception {
    for (String kind : List.of("train/good", "test/good", "test/löchrig")) {
      Path files = Files.createDirectories(folder.resolve("daten/größe").resolve(kind));
      BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_3BYTE_BGR);
      ImageIO.write(image, "png", files.resolve("瓶子.png").toFile());
    }
    Ended ended =
        new SubmitScript()
            .with("LC_ALL", "C")
            .run(
                "prepare",
                "--dry-run",
                "--set",
                "data.root=" + folder.resolve("daten"),
                "--set",
                "output.root=" + folder.resolve("out"),
                "--set",
                "image.size=32");
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.out()).as("%s", ended).contains("größe").contains("images/  3 rows");
  }

  @Test
  void aFolderForTemporaryFilesThatCannotServeIsNamed() throws Exception {
    Path missing = folder.resolve("missing");
    Ended ended = new SubmitScript().with("TMPDIR", missing.toString()).run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .as("message")
        .contains(missing.toString())
        .contains("set TMPDIR to a folder that can be written and is not mounted noexec");
  }

  @Test
  void aMavenProfileThatDoesNotExistIsNamedAndNothingIsBuilt() throws Exception {
    Ended ended =
        new SubmitScript()
            .with("FAIR_BUILD", "")
            .with("FAIR_PROFILES", "onnx-gpu,pytorhc")
            .run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err()).as("message").contains("there is no Maven profile pytorhc");
    assertThat(SubmitScript.jar()).as("the jar, which a build removes first").exists();
  }

  @Test
  void pytorchIsRefusedInABuildWithoutItBeforeSparkStarts() throws Exception {
    Ended ended =
        new SubmitScript()
            .run(
                "run",
                "--set",
                "data.root=" + folder,
                "--set",
                "output.root=" + folder.resolve("out"),
                "--set",
                "training.engine=pytorch");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .as("message")
        .contains("FAIR_PROFILES=pytorch ./submit.sh run --set training.engine=pytorch");
  }

  @Test
  void wrongSparkHomeIsNamed() throws Exception {
    Ended ended = new SubmitScript().with("SPARK_HOME", folder.toString()).run("--version");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err()).as("message").contains("SPARK_HOME=" + folder);
  }

  @Test
  void sparkOptionsAndExitCodesPassThrough() throws Exception {
    // Java does not start with two collectors: one of the user's own replaces that of the script.
    Path properties =
        Files.writeString(
            folder.resolve("spark.properties"),
            "spark.task.cpus 2\nspark.driver.extraJavaOptions -XX:+UseSerialGC\n");
    Ended ended =
        new SubmitScript()
            .with("SPARK_HOME", SubmitScript.localSpark().toString())
            .from(folder)
            .run(
                "3",
                "--",
                "--class",
                ProbeJob.class.getName(),
                "--jars",
                ProbeJob.jar(folder).toString(),
                "--properties-file",
                properties.toString(),
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false");
    assertThat(ended.code()).as("the program's own exit code: %s", ended).isEqualTo(7);
    assertThat(ended.out())
        .as("natives and codecs of the application jar")
        .contains("executor driver sum 10.0 com.twelvemonkeys.imageio.plugins.tiff");
    assertThat(ended.err()).as("a quiet console").isEmpty();
  }

  @Test
  void everyJobsHelpHasSettingsWithDefaults() throws Exception {
    Ended run = new SubmitScript().run("run", "--help");
    assertThat(run.code()).as("%s", run).isZero();
    for (SettingDoc doc : SettingDoc.all()) {
      assertThat(run.out()).as("help of run").contains("  " + doc.key());
    }
  }
}
