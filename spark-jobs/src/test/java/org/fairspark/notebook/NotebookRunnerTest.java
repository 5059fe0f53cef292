package org.fairspark.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookRunnerTest {
  @TempDir private Path folder;

  @Test
  void cellsShareNamesAndGiveWhatTheyPrintAndTheirLastValue() throws Exception {
    NotebookFile executed =
        run(
            Duration.ofMinutes(1),
            "import java.awt.image.BufferedImage;\nint side = 3;\nint twice(int n) { return 2 * n; }",
            "System.out.println(\"one\"); System.out.print(\"two\");\ntwice(side)",
            "BufferedImage image = new BufferedImage(side, 2, BufferedImage.TYPE_INT_RGB);\n"
                + "image.setRGB(2, 1, 0xFF8000);\nimage",
            "// nothing but a comment",
            "System.getenv(\"FAIR_TEST\") + new java.io.File(\"\").getAbsoluteFile().getName()");

    assertThat(outputs(executed, 0)).as("declarations alone").isEmpty();

    ArrayNode second = outputs(executed, 1);
    assertThat(second).as("what was printed, and the value").hasSize(2);
    assertThat(second.get(0).path("name").asText()).isEqualTo("stdout");
    assertThat(second.get(0).path("text"))
        .as("lines keep their ends")
        .extracting(JsonNode::asText)
        .containsExactly("one\n", "two");
    assertThat(second.get(1).path("output_type").asText()).isEqualTo("execute_result");
    assertThat(NotebookFile.text(second.get(1).path("data").path("text/plain"))).isEqualTo("6");

    JsonNode picture = outputs(executed, 2).get(0).path("data");
    BufferedImage png =
        ImageIO.read(
            new ByteArrayInputStream(
                Base64.getDecoder().decode(picture.path("image/png").asText())));
    assertThat(png.getRGB(2, 1) & 0xFFFFFF).as("a pixel of the picture").isEqualTo(0xFF8000);
    assertThat(NotebookFile.text(picture.path("text/plain"))).isEqualTo("Picture of 3 x 2 pixels");

    assertThat(outputs(executed, 3)).as("a comment").isEmpty();
    assertThat(NotebookFile.text(outputs(executed, 4).get(0).path("data").path("text/plain")))
        .as("environment, and the notebook's own folder")
        .isEqualTo("yes" + folder.getFileName());
  }

  @Test
  void whatDoesNotCompileIsNamedWithItsLine() {
    assertThatThrownBy(
            () ->
                run(
                    Duration.ofMinutes(1),
                    "int a = 1;",
                    "int b = a;\n\n// why\nString c = b;",
                    "int d = 4;"))
        .isInstanceOf(NotebookRunner.NotebookFailure.class)
        .hasMessageContaining("test.ipynb, code cell [2], line 4: incompatible types")
        .hasMessageContaining("String c = b;");
  }

  @Test
  void whatThrowsIsNamedWithItsLine() {
    assertThatThrownBy(
            () ->
                run(
                    Duration.ofMinutes(1),
                    "int none = 0;",
                    "int one = 1;\nfor (int i = 0; i < 2; i++) {\n  one /= none;\n}"))
        .isInstanceOf(NotebookRunner.NotebookFailure.class)
        .hasMessageContaining(
            "test.ipynb, code cell [2], line 3: java.lang.ArithmeticException: / by zero")
        .hasMessageContaining("one /= none;");
  }

  @Test
  void whatOnlySomeKernelsKnowIsRefused() {
    assertThatThrownBy(() -> run(Duration.ofMinutes(1), "int a = 1;\n%maven a:b:1"))
        .hasMessageContaining("code cell [1], line 2: %maven");
    assertThatThrownBy(() -> run(Duration.ofMinutes(1), "display(1);"))
        .hasMessageContaining("code cell [1], line 1: cannot find symbol");
  }

  @Test
  void aForwardReferenceIsRefused() {
    assertThatThrownBy(() -> run(Duration.ofMinutes(1), "int f() {\n  return later();\n}"))
        .hasMessageContaining("code cell [1], line 1: not defined: method later()");
  }

  @Test
  void anUnfinishedStatementIsRefused() {
    assertThatThrownBy(() -> run(Duration.ofMinutes(1), "int a = 1;\nif (a > 0) {"))
        .hasMessageContaining("code cell [1], line 2: the cell ends within a statement");
  }

  @Test
  void aNotebookThatDoesNotEndIsStopped() {
    assertThatThrownBy(() -> run(Duration.ofSeconds(3), "while (true) { Thread.onSpinWait(); }"))
        .hasMessageContaining("test.ipynb did not end within PT3S");
  }

  @Test
  void aFileIsWrittenBackAsJupyterWritesIt() throws Exception {
    String text =
        """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "a",
           "metadata": {},
           "source": [
            "# Grün \\"x\\"\\n",
            "1.5e-3"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": null,
           "id": "b",
           "metadata": {},
           "outputs": [],
           "source": [
            "1"
           ]
          }
         ],
         "metadata": {},
         "nbformat": 4,
         "nbformat_minor": 5
        }
        """;
    Path file = Files.writeString(folder.resolve("test.ipynb"), text);
    Path copy = folder.resolve("copy.ipynb");

    NotebookFile.read(file).write(copy);

    assertThat(copy).hasContent(text);
    assertThat(Files.readString(copy)).as("last line end").endsWith("}\n");
  }

  private NotebookFile run(Duration timeout, String... cells)
      throws IOException, InterruptedException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode notebook = json.createObjectNode();
    ArrayNode list = notebook.putArray("cells");
    for (String cell : cells) {
      ObjectNode node = list.addObject();
      node.put("cell_type", "code").put("source", cell).putArray("outputs");
    }
    notebook.putObject("metadata");
    notebook.put("nbformat", 4);
    Path file = folder.resolve("test.ipynb");
    json.writeValue(file.toFile(), notebook);
    return new NotebookRunner(List.of(), List.of(), Map.of("FAIR_TEST", "yes"), timeout)
        .run(file, folder);
  }

  private static ArrayNode outputs(NotebookFile notebook, int cell) {
    return notebook.codeCells().get(cell).outputs();
  }
}
