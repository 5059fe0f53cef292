package org.fairspark.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.deploy.InProcessSparkSubmit;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.SparkSessions;

/**
 * The main class of a JVM that runs one command after the other, each through Spark's own
 * in-process {@code spark-submit} and with a Spark of its own.
 *
 * <p>Every line of standard input names a folder. The words for {@code spark-submit} are in its
 * file {@code words}, each ended by a zero byte; what the command prints goes to the files {@code
 * out} and {@code err} there. The answer on standard output is a line {@code ENDED CODE}.
 */
public final class CommandLoop {
  /** Begins the line that answers a request; the exit code follows. */
  public static final String ENDED = "ENDED ";

  private static int code;

  private CommandLoop() {}

  /** Runs commands until standard input ends. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      answers.println(ENDED + run(Path.of(line)));
    }
    System.exit(0);
  }

  private static int run(Path folder) throws IOException {
    PrintStream standardOut = System.out;
    PrintStream standardErr = System.err;
    Properties properties = (Properties) System.getProperties().clone();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (PrintStream out = stream(folder.resolve("out"));
        PrintStream err = stream(folder.resolve("err"))) {
      System.setOut(out);
      System.setErr(err);
      // A program that ends before it comes to its own code has failed.
      code = 1;
      try {
        InProcessSparkSubmit.main(words(folder.resolve("words")));
      } catch (Throwable e) {
        e.printStackTrace();
      }
      return code;
    } finally {
      System.setOut(standardOut);
      System.setErr(standardErr);
      System.setProperties(properties);
      Thread.currentThread().setContextClassLoader(loader);
    }
  }

  private static PrintStream stream(Path file) throws IOException {
    return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
  }

  /** Returns the words, with a main class that does not end the JVM. */
  private static String[] words(Path file) throws IOException {
    String[] words = Files.readString(file).split("\0");
    for (int i = 1; i < words.length; i++) {
      if (words[i - 1].equals("--class") && words[i].equals(Main.class.getName())) {
        words[i] = Command.class.getName();
      }
    }
    return words;
  }

  /** The program's main class, but for the end of the process. */
  public static final class Command {
    private Command() {}

    /** Runs the command line. */
    public static void main(String[] args) {
      code = new Main(Commands.all(), System.out, Terminal::system, SparkSessions::lazy).run(args);
    }
  }
}
