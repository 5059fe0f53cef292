package org.fairspark.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * A kernel that runs a notebook's cells as the Jupyter kernels on top of JShell do (JJava, IJava,
 * Ganymede), with what they have in common and no more: the value of a cell's last expression is
 * its result, pictures are results, printing goes below the cell. Magics, {@code display} and
 * imports that some kernels give are errors here, so that a notebook that runs here runs in any of
 * them.
 */
final class NotebookKernel implements AutoCloseable {
  private static final Set<Snippet.SubKind> RESULTS =
      Set.of(
          Snippet.SubKind.VAR_VALUE_SUBKIND,
          Snippet.SubKind.OTHER_EXPRESSION_SUBKIND,
          Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND);

  private static final Pattern MAGIC = Pattern.compile("(?m)^\\s*(%+\\w+)");
  private static final Pattern SNIPPET_FILE = Pattern.compile("#(\\S+)");

  private final KeepingControl control = new KeepingControl();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;
  private final JShell shell;

  /** Takes over the standard streams until it is closed. */
  NotebookKernel(List<Path> classPath) {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    shell = JShell.builder().executionEngine(new Provider(control), Map.of()).build();
    classPath.forEach(entry -> shell.addToClasspath(entry.toString()));
  }

  /**
   * Runs a cell.
   *
   * @param number the cell's execution count
   * @return what stands below it, as nbformat's outputs
   * @throws CellFailure if it does not compile or throws
   */
  List<ObjectNode> run(int number, String cell) throws CellFailure {
    Matcher magic = MAGIC.matcher(cell);
    if (magic.find()) {
      throw new CellFailure(
          line(cell, magic.start(1)), magic.group(1) + ": kernels differ in their magics", null);
    }
    printed.reset();
    complained.reset();
    Object result = evaluate(cell);
    List<ObjectNode> outputs = new ArrayList<>();
    stream("stdout", printed).ifPresent(outputs::add);
    stream("stderr", complained).ifPresent(outputs::add);
    if (result != null) {
      outputs.add(result(number, result));
    }
    return outputs;
  }

  private Object evaluate(String cell) throws CellFailure {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    Object result = null;
    // JShell miscounts the lines of an exception after leading line ends.
    String rest = cell.stripLeading();
    while (!rest.isEmpty()) {
      SourceCodeAnalysis.CompletionInfo next = analysis.analyzeCompletion(rest);
      if (next.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
        break;
      }
      int start = cell.length() - rest.length();
      // What is not Java at all has no end: JShell says why when it is run.
      boolean unknown = next.completeness() == SourceCodeAnalysis.Completeness.UNKNOWN;
      if (!next.completeness().isComplete() && !unknown) {
        throw new CellFailure(line(cell, start), "the cell ends within a statement", null);
      }
      result = evaluateSnippet(cell, start, unknown ? rest : next.source());
      rest = unknown ? "" : next.remaining().stripLeading();
    }
    requireAllDefined(cell);
    return result;
  }

  private void requireAllDefined(String cell) throws CellFailure {
    for (Snippet snippet : shell.snippets().toList()) {
      if (snippet instanceof DeclarationSnippet declaration) {
        List<String> missing = shell.unresolvedDependencies(declaration).toList();
        if (!missing.isEmpty()) {
          int line = line(cell, Math.max(0, cell.indexOf(snippet.source().strip())));
          throw new CellFailure(line, "not defined: " + String.join(", ", missing), null);
        }
      }
    }
  }

  private Object evaluateSnippet(String cell, int start, String source) throws CellFailure {
    Object result = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      Snippet snippet = event.snippet();
      int snippetStart = start + Math.max(0, source.indexOf(snippet.source()));
      if (event.status() == Snippet.Status.REJECTED) {
        Diag first = shell.diagnostics(snippet).filter(Diag::isError).findFirst().orElseThrow();
        throw new CellFailure(
            line(cell, snippetStart + (int) Math.max(0, first.getPosition())),
            first.getMessage(Locale.ROOT).strip(),
            null);
      }
      if (event.exception() != null) {
        throw failure(cell, snippetStart, snippet, event.exception());
      }
      if (RESULTS.contains(snippet.subKind())) {
        result = control.last();
      }
    }
    return result;
  }

  private static CellFailure failure(
      String cell, int snippetStart, Snippet snippet, JShellException e) {
    int line = line(cell, snippetStart);
    for (StackTraceElement frame : e.getStackTrace()) {
      Matcher file = SNIPPET_FILE.matcher(String.valueOf(frame.getFileName()));
      if (file.matches() && file.group(1).equals(snippet.id())) {
        line += frame.getLineNumber() - 1;
        break;
      }
    }
    String name = e instanceof EvalException thrown ? thrown.getExceptionClassName() : "JShell";
    return new CellFailure(line, name + ": " + e.getMessage(), e);
  }

  /** Returns the line of a place in a cell, from 1. */
  private static int line(String cell, int position) {
    String before = cell.substring(0, Math.min(position, cell.length()));
    // The space before a statement counts to it for JShell, but not for a reader.
    int blank = cell.length() - cell.substring(before.length()).stripLeading().length();
    return 1 + (int) cell.substring(0, blank).chars().filter(c -> c == '\n').count();
  }

  private static Optional<ObjectNode> stream(String name, ByteArrayOutputStream bytes) {
    if (bytes.size() == 0) {
      return Optional.empty();
    }
    ObjectNode stream = NotebookFile.object();
    stream.put("name", name);
    stream.put("output_type", "stream");
    stream.set("text", NotebookFile.lines(bytes.toString(StandardCharsets.UTF_8)));
    return Optional.of(stream);
  }

  private static ObjectNode result(int number, Object value) {
    ObjectNode data = NotebookFile.object();
    String text = String.valueOf(value);
    if (value instanceof RenderedImage image) {
      data.put("image/png", png(image));
      // Its own text holds an identity hash, which differs in every run.
      text = "Picture of %d x %d pixels".formatted(image.getWidth(), image.getHeight());
    }
    data.set("text/plain", NotebookFile.lines(text));
    ObjectNode result = NotebookFile.object();
    result.set("data", data);
    result.put("execution_count", number);
    result.putObject("metadata");
    result.put("output_type", "execute_result");
    return result;
  }

  private static String png(RenderedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Override
  public void close() {
    shell.close();
    System.setOut(systemOut);
    System.setErr(systemErr);
  }

  private record Provider(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "notebook";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }
}
