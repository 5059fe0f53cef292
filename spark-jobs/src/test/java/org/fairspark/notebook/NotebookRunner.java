package org.fairspark.notebook;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A runner that executes a notebook from top to bottom without Jupyter, in a JVM of its own, and
 * gives it back with its outputs. The product and Spark are not on that JVM's class path but on the
 * notebook's, as in a Jupyter kernel.
 *
 * @param classPath what the notebook's cells see
 * @param jvmOptions options of the notebook's JVM
 * @param environment variables that the notebook's cells see, over this process's own
 * @param timeout for the whole notebook
 */
record NotebookRunner(
    List<Path> classPath,
    List<String> jvmOptions,
    Map<String, String> environment,
    Duration timeout) {

  /**
   * Runs a notebook in the folder that it lies in.
   *
   * @return the notebook with its outputs
   * @throws NotebookFailure at the first cell that fails, with notebook, cell, line and message
   */
  NotebookFile run(Path notebook, Path scratch) throws IOException, InterruptedException {
    Path executed = scratch.resolve("executed-" + notebook.getFileName());
    Path log = scratch.resolve(notebook.getFileName() + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(kernelClassPath());
    command.add(NotebookRunner.class.getName());
    command.add(notebook.toAbsolutePath().toString());
    command.add(executed.toAbsolutePath().toString());
    command.add(write(scratch, classPath).toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(notebook.toAbsolutePath().getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
        throw new NotebookFailure(
            "%s did not end within %s".formatted(notebook.getFileName(), timeout));
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0 || !Files.exists(executed)) {
      throw new NotebookFailure(Files.readString(log).strip());
    }
    return NotebookFile.read(executed);
  }

  /** Returns the runner itself and what it reads notebooks with. */
  private static String kernelClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                entry.endsWith("test-classes")
                    || new File(entry).getName().startsWith("jackson-core-")
                    || new File(entry).getName().startsWith("jackson-databind-")
                    || new File(entry).getName().startsWith("jackson-annotations-"))
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElseThrow();
  }

  private static Path write(Path scratch, List<Path> classPath) throws IOException {
    Path list = scratch.resolve("class-path.txt").toAbsolutePath();
    return Files.write(list, classPath.stream().map(Path::toString).toList());
  }

  /** The notebook's JVM: {@code NOTEBOOK EXECUTED CLASS-PATH-LIST}. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    NotebookFile notebook = NotebookFile.read(file);
    List<Path> classPath = Files.readAllLines(Path.of(args[2])).stream().map(Path::of).toList();
    String failure = null;
    try (NotebookKernel kernel = new NotebookKernel(classPath)) {
      for (NotebookFile.CodeCell cell : notebook.codeCells()) {
        try {
          cell.executed(kernel.run(cell.number(), cell.source()));
        } catch (CellFailure e) {
          failure = NotebookFailure.message(file, cell, e);
          break;
        }
      }
    }
    if (failure == null) {
      notebook.write(Path.of(args[1]));
    } else {
      System.err.println(failure);
    }
    // Threads that a notebook left behind must not keep its JVM.
    System.exit(failure == null ? 0 : 1);
  }

  /** A notebook that did not run through. */
  static final class NotebookFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotebookFailure(String message) {
      super(message);
    }

    static String message(Path file, NotebookFile.CodeCell cell, CellFailure e) {
      String source = cell.source().lines().skip(e.line() - 1L).findFirst().orElse("").strip();
      StringBuilder message = new StringBuilder();
      message.append(
          "%s, code cell [%d], line %d: %s%n  %s"
              .formatted(file.getFileName(), cell.number(), e.line(), e.getMessage(), source));
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        message.append("\n  ").append(cause);
        for (StackTraceElement frame : cause.getStackTrace()) {
          message.append("\n    at ").append(frame);
        }
      }
      return message.toString();
    }
  }
}
