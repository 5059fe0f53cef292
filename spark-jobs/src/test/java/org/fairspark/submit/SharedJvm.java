package org.fairspark.submit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fairspark.cli.CommandLoop;
import org.fairspark.cluster.ProbeJar;
import org.fairspark.submit.SubmitScript.Ended;

/**
 * A caller of {@code submit.sh} whose commands share one JVM, as starting one costs more than a
 * tiny job.
 *
 * <p>The script runs for every command, but with a stand-in for {@code spark-submit} that writes
 * down its words. A JVM that the script started with the real one does what they say. So all is as
 * in a process of the command's own but for the JVM's end and for its options and environment,
 * which are those that the script gives a local master.
 */
final class SharedJvm implements AutoCloseable {
  private static final long MINUTES = 10;

  private final Path folder;
  private final Path standIn;
  private final Path log;
  private final Path errors;
  private final Process jvm;
  private final BufferedReader answers;
  private final Writer requests;
  private int commands;
  private long logBefore;

  private SharedJvm(Path folder, Path standIn, Path log, Path errors, Process jvm) {
    this.folder = folder;
    this.standIn = standIn;
    this.log = log;
    this.errors = errors;
    this.jvm = jvm;
    this.answers =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    this.requests = new OutputStreamWriter(jvm.getOutputStream(), StandardCharsets.UTF_8);
  }

  /**
   * Starts the JVM.
   *
   * @param folder an empty folder for its log and for what commands print
   */
  static SharedJvm start(Path folder) throws IOException {
    Path jar = ProbeJar.of(folder, CommandLoop.class);
    Path log = Files.createFile(folder.resolve("spark.log"));
    Path errors = folder.resolve("errors.log");
    Process jvm =
        new SubmitScript()
            .with("FAIR_LOG", log.toString())
            .talk(
                errors,
                "commands",
                "--",
                "--class",
                CommandLoop.class.getName(),
                // Beside the program's own classes, whose package it is in.
                "--driver-class-path",
                jar.toString());
    return new SharedJvm(folder, standIn(folder.resolve("stand-in")), log, errors, jvm);
  }

  /** Makes a Spark whose {@code spark-submit} writes down its words. */
  private static Path standIn(Path home) throws IOException {
    Path spark = SubmitScript.localSpark();
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\0' \"$@\" >\"$FAIR_TEST_WORDS\"\n");
    if (!submit.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + submit);
    }
    Files.copy(spark.resolve("RELEASE"), home.resolve("RELEASE"));
    Files.createSymbolicLink(home.resolve("jars"), spark.resolve("jars"));
    return home;
  }

  /**
   * Runs a command to its end.
   *
   * @throws IllegalStateException if the JVM ends, or if the command takes more than ten minutes
   */
  Ended run(String... arguments) throws IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve("command-" + ++commands));
    Path words = work.resolve("words");
    Ended script =
        new SubmitScript()
            .with("SPARK_HOME", standIn.toString())
            .with("FAIR_TEST_WORDS", words.toString())
            .run(arguments);
    if (!Files.exists(words)) {
      return script;
    }
    logBefore = Files.size(log);
    requests.write(work + "\n");
    requests.flush();
    int code = Integer.parseInt(answer().substring(CommandLoop.ENDED.length()));
    return new Ended(
        code,
        script.out() + Files.readString(work.resolve("out")),
        script.err() + Files.readString(work.resolve("err")));
  }

  /** Returns what Spark and the program logged during the last command. */
  String logged() throws IOException {
    byte[] all = Files.readAllBytes(log);
    int from = (int) logBefore;
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }

  private String answer() throws IOException, InterruptedException {
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::nextAnswer);
    try {
      String line = answer.get(MINUTES, TimeUnit.MINUTES);
      if (line != null) {
        return line;
      }
      throw new IllegalStateException("the JVM ended:\n" + Files.readString(errors));
    } catch (ExecutionException e) {
      throw new IOException("cannot read from the JVM", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "took over %d minutes:%n%s".formatted(MINUTES, Files.readString(errors)), e);
    }
  }

  private String nextAnswer() {
    return answers.lines().filter(l -> l.startsWith(CommandLoop.ENDED)).findFirst().orElse(null);
  }

  @Override
  public void close() throws IOException {
    requests.close();
    // JUnit warns of links that lead out of its folder.
    Files.deleteIfExists(standIn.resolve("jars"));
    jvm.descendants().forEach(ProcessHandle::destroyForcibly);
    jvm.destroyForcibly();
  }
}
