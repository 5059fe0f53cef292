package org.fairspark.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairspark.demo.DemoDataset;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.SparkSessions;

/**
 * The main class of a rehearsal: the commands that people start most, one after the other in one
 * JVM and on pictures that a second makes. What it loads is what those commands load; {@code
 * submit.sh} has the JVM keep it as an archive of classes that later starts map.
 */
public final class Rehearsal {
  private static final DemoDataset.Size TINY = new DemoDataset.Size(64, 4, 2, 1);

  private final Path folder;
  private final Main main =
      new Main(Commands.all(), System.out, quiet -> Terminal.system(true), SparkSessions::lazy);

  private Rehearsal(Path folder) {
    this.folder = folder;
  }

  /**
   * Rehearses.
   *
   * @param args an empty folder to work in
   * @throws IOException if the pictures cannot be written
   * @throws IllegalStateException if a command fails
   */
  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    new Rehearsal(Path.of(args[0]).toAbsolutePath()).run();
  }

  private void run() throws IOException {
    DemoDataset.Written data = DemoDataset.write(folder.resolve("data"), 1, TINY);
    Path out = folder.resolve("out");
    List<String> run =
        command(
            "run",
            "data.root=" + data.dataRoot(),
            "data.categories=[weave]",
            "corruption.textures=" + data.textures(),
            "output.root=" + out,
            "image.size=32",
            "model.width=2",
            "training.epochs=1",
            "corruption.variants=1",
            "evaluation.smoothing=5");
    List<String> score =
        command(
            "score",
            "data.root=" + data.dataRoot() + "/weave/test",
            "score.model=" + out.resolve("models/weave"),
            "score.category=weave",
            "output.root=" + folder.resolve("scores"));
    for (List<String> words : List.of(dry(run), run, score, score)) {
      int code = main.run(words.toArray(String[]::new));
      if (code != 0) {
        throw new IllegalStateException("exit code %d of %s".formatted(code, words));
      }
    }
  }

  private static List<String> command(String job, String... settings) {
    List<String> words = new ArrayList<>(List.of(job));
    for (String setting : settings) {
      words.add("--set");
      words.add(setting);
    }
    return words;
  }

  private static List<String> dry(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.add("--dry-run");
    return words;
  }
}
