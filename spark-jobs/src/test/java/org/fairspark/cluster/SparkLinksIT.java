package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fairspark.submit.SubmitScript;
import org.junit.jupiter.api.Test;

/**
 * The application jar beside the jars of each Spark that it is said to run on: every reference of
 * our classes to Spark, Scala, Hadoop, Jackson, SLF4J and whatever else Spark ships links.
 */
class SparkLinksIT {
  private static final String OURS = "org/fairspark/";

  @Test
  void linksWithSpark35() throws IOException {
    assertLinks(SparkHome.path().resolve("jars"));
  }

  @Test
  void linksWithSpark35ForScala213() throws IOException {
    assertLinks(MavenFolder.jars("spark-3.5-scala-2.13"));
  }

  @Test
  void linksWithSpark41() throws IOException {
    assertLinks(MavenFolder.jars("spark-4.1"));
  }

  @Test
  void linksWithSpark42() throws IOException {
    assertLinks(MavenFolder.jars("spark-4.2"));
  }

  @Test
  void saysWhatDoesNotLink() throws IOException {
    // Without Spark nothing of it is there.
    try (Linker linker = new Linker(List.of(SubmitScript.jar()))) {
      assertThat(linker.link(OURS))
          .contains(
              "org/fairspark/spark/SparkCompat refers to a class that is not there:"
                  + " org/apache/spark/rdd/PartitionPruningRDD");
    }
  }

  private static void assertLinks(Path spark) throws IOException {
    // Spark's own jars come first on the class path.
    List<Path> jars = new ArrayList<>(jarsIn(spark));
    jars.add(SubmitScript.jar());
    try (Linker linker = new Linker(jars)) {
      Set<String> problems = linker.link(OURS);
      // PyTorch comes with other builds; what refers to it is not called without it.
      problems.removeIf(
          problem ->
              problem.startsWith("org/fairspark/network/pytorch/")
                  && problem.contains(" not there: ai/djl/"));
      assertThat(problems).as("on the jars in %s", spark).isEmpty();
      assertThat(linker.references())
          .as("looked up")
          .contains(
              "org/apache/spark/SparkContext",
              "org/slf4j/Logger.info (Ljava/lang/String;)V",
              "scala/runtime/AbstractFunction1.<init> ()V");
    }
  }

  private static List<Path> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
