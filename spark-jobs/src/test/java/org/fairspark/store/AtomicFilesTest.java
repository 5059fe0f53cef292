package org.fairspark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.fairspark.cluster.FaultyFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a file system that refuses to rename onto a file, and fails when it is told to. */
class AtomicFilesTest {
  /** Calls that change something in one replacement: create, delete, rename, rename, delete. */
  private static final int CHANGES = 5;

  @TempDir java.nio.file.Path folder;

  private OutputRoot root(String... settings) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    return OutputRoot.of(FaultyFileSystem.configuration(map), "faulty://" + folder);
  }

  private static Path file(OutputRoot root) {
    return root.path("sub/metrics.json");
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder.resolve("sub"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileIsReplaced() throws IOException {
    OutputRoot root = root();
    for (String text : List.of("one", "two", "three")) {
      root.writeText(file(root), text);
      assertThat(root.readText(file(root))).as("what was written last").isEqualTo(text);
    }
    assertThat(names()).as("nothing else stays").containsExactly("metrics.json");
  }

  @Test
  void aBodyThatFailsLeavesTheOldFile() throws IOException {
    OutputRoot root = root();
    root.writeText(file(root), "old");
    assertThatThrownBy(
            () ->
                root.write(
                    file(root),
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("no more");
                    }))
        .hasMessage("no more");
    assertThat(root.readText(file(root))).as("the file").isEqualTo("old");
    assertThat(names()).as("no part of the new one").containsExactly("metrics.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "close"})
  void aStoreThatFailsLeavesTheOldFile(String call) throws IOException {
    OutputRoot good = root();
    good.writeText(file(good), "old");
    OutputRoot bad = root(call + ".every", "1");
    assertThatThrownBy(() -> bad.writeText(file(bad), "new")).hasMessageContaining("503");
    assertThat(good.readText(file(good))).as("the file").isEqualTo("old");
    assertThat(names()).as("no part of the new one").containsExactly("metrics.json");
  }

  @Test
  void aSecondRenameThatFailsIsTakenBack() throws IOException {
    OutputRoot good = root();
    good.writeText(file(good), "old");
    OutputRoot bad = root("rename.every", "2");
    assertThatThrownBy(() -> bad.writeText(file(bad), "new")).hasMessageContaining("503");
    assertThat(good.readText(file(good))).as("the file").isEqualTo("old");
    assertThat(names()).as("nothing else stays").containsExactly("metrics.json");
  }

  @Test
  void aKillAtAnyPointIsMended() throws IOException {
    List<String> left = new ArrayList<>();
    for (int changes = 0; changes < CHANGES; changes++) {
      kill(changes);
      left.add(String.join(" ", names()));
      OutputRoot again = root();
      again.repair(again.path("sub"));
      assertThat(again.readText(file(again)))
          .as("the file after %d changes", changes)
          .isEqualTo(changes < CHANGES - 1 ? "old" : "new");
      assertThat(names()).as("nothing else stays").containsExactly("metrics.json");
    }
    assertThat(left)
        .as("what kills left, among it a new file in place and the moment before it was there")
        .contains("_old-metrics.json metrics.json", "_old-metrics.json _part-metrics.json");
  }

  @Test
  void theNextWriteNeedsNoRepair() throws IOException {
    for (int changes = 0; changes < CHANGES; changes++) {
      kill(changes);
      OutputRoot again = root();
      again.writeText(file(again), "newer");
      assertThat(again.readText(file(again))).as("the file").isEqualTo("newer");
      assertThat(names())
          .as("nothing else stays after %d changes", changes)
          .containsExactly("metrics.json");
    }
  }

  /** Runs a process that replaces an old file and ends after so many changes. */
  private void kill(int changes) throws IOException {
    OutputRoot good = root();
    good.writeText(file(good), "old");
    OutputRoot dying = root("changes", String.valueOf(changes));
    assertThatThrownBy(() -> dying.writeText(file(dying), "new"))
        .hasMessageContaining("the process was killed");
  }

  @Test
  void onAnObjectStoreNothingIsRenamed() throws IOException {
    OutputRoot root = root("objects", "true");
    root.writeText(file(root), "old");
    root.writeText(file(root), "new");
    assertThat(root.readText(file(root))).isEqualTo("new");
    assertThatThrownBy(
            () ->
                root.write(
                    file(root),
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("no more");
                    }))
        .hasMessage("no more");
    assertThat(root.readText(file(root))).as("the file").isEqualTo("new");
    assertThat(names()).as("nothing else was ever there").containsExactly("metrics.json");
    OutputRoot bad = root("objects", "true", "rename.every", "1");
    bad.writeText(file(bad), "newer");
    assertThat(bad.readText(file(bad))).as("without a rename").isEqualTo("newer");
  }

  @Test
  void noFolderNeedsNoRepair() throws IOException {
    OutputRoot root = root();
    root.repair(root.path("nowhere"));
    assertThat(root.fileSystem().exists(root.path("nowhere"))).as("made").isFalse();
  }
}
