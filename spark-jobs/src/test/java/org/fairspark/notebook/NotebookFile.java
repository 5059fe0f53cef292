package org.fairspark.notebook;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Jupyter notebook (nbformat 4), written back as Jupyter itself writes it: small diffs. */
final class NotebookFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root;
  private final List<CodeCell> codeCells = new ArrayList<>();

  private NotebookFile(ObjectNode root) {
    this.root = root;
    for (JsonNode cell : root.withArray("cells")) {
      if (cell.path("cell_type").asText().equals("code")) {
        codeCells.add(new CodeCell(codeCells.size() + 1, (ObjectNode) cell));
      }
    }
  }

  /**
   * Reads a notebook.
   *
   * @throws IOException if the file cannot be read or is not a notebook of nbformat 4
   */
  static NotebookFile read(Path file) throws IOException {
    JsonNode root = JSON.readTree(Files.readAllBytes(file));
    if (!(root instanceof ObjectNode notebook) || root.path("nbformat").asInt() != 4) {
      throw new IOException(file + " is not a notebook of nbformat 4");
    }
    return new NotebookFile(notebook);
  }

  /** Returns the code cells from top to bottom; changes to them are changes to this notebook. */
  List<CodeCell> codeCells() {
    return codeCells;
  }

  /** Returns the language that the notebook is written in. */
  String language() {
    return root.path("metadata").path("language_info").path("name").asText();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writer(new JupyterStyle()).writeValueAsString(root) + "\n");
  }

  /**
   * A code cell.
   *
   * @param number 1 for the first code cell: Jupyter's {@code [1]}
   * @param json the cell's node in the notebook
   */
  record CodeCell(int number, ObjectNode json) {
    String source() {
      return text(json.path("source"));
    }

    ArrayNode outputs() {
      return json.withArray("outputs");
    }

    /** Replaces what earlier runs left. */
    void executed(List<ObjectNode> outputs) {
      json.put("execution_count", number);
      json.putArray("outputs").addAll(outputs);
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Returns text as a notebook keeps it: one string, or a list of lines with their line ends. */
  static String text(JsonNode node) {
    if (!node.isArray()) {
      return node.asText();
    }
    StringBuilder text = new StringBuilder();
    node.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  /** Returns a list of lines with their line ends. */
  static ArrayNode lines(String text) {
    ArrayNode lines = JSON.createArrayNode();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(from, to));
      from = to;
    }
    return lines;
  }

  /**
   * The style of Jupyter: indented by one space, a value per line, nothing inside empty brackets.
   */
  private static final class JupyterStyle extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;

    JupyterStyle() {
      DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
      indentArraysWith(indenter);
      indentObjectsWith(indenter);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new JupyterStyle();
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
      out.writeRaw(": ");
    }

    @Override
    public void writeEndArray(JsonGenerator out, int values) throws IOException {
      end(out, values, ']');
    }

    @Override
    public void writeEndObject(JsonGenerator out, int entries) throws IOException {
      end(out, entries, '}');
    }

    private void end(JsonGenerator out, int values, char bracket) throws IOException {
      _nesting--;
      if (values > 0) {
        _objectIndenter.writeIndentation(out, _nesting);
      }
      out.writeRaw(bracket);
    }
  }
}
