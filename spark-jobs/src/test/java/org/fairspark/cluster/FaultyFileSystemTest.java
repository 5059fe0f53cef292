package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyFileSystemTest {
  @TempDir java.nio.file.Path folder;

  @Test
  void worksWhereNothingIsSet() throws IOException {
    try (FileSystem files = FaultyFileSystem.open(Map.of())) {
      write(files, "a", 10);

      assertThat(files.getFileStatus(path("a")).getLen()).isEqualTo(10);
      assertThat(files.getFileStatus(path("a")).getPath().toString())
          .isEqualTo("faulty:" + folder + "/a");
      assertThat(files.open(path("a")).readAllBytes()).hasSize(10);
    }
  }

  @Test
  void oneCallInThreeFailsAndTheNextWorks() throws IOException {
    try (FileSystem files = FaultyFileSystem.open(Map.of("create.every", "3"))) {
      write(files, "a", 1);
      write(files, "b", 1);
      assertThatIOException().isThrownBy(() -> write(files, "c", 1)).withMessageContaining("503");
      write(files, "c", 1);
    }
  }

  @Test
  void renamesOpensAndWritesFailToo() throws IOException {
    try (FileSystem files =
        FaultyFileSystem.open(Map.of("rename.every", "1", "open.every", "1", "close.every", "2"))) {
      write(files, "a", 1);
      assertThatIOException().isThrownBy(() -> files.rename(path("a"), path("b")));
      assertThatIOException().isThrownBy(() -> files.open(path("a")));
      assertThatIOException().isThrownBy(() -> write(files, "b", 1));
      assertThat(files.exists(path("a"))).as("still there").isTrue();
    }
  }

  @Test
  void diskIsFullAfterItsCapacity() throws IOException {
    try (FileSystem files = FaultyFileSystem.open(Map.of("capacity", "100"))) {
      write(files, "a", 90);
      assertThatIOException()
          .isThrownBy(() -> write(files, "b", 20))
          .withMessageContaining("No space left on device");
    }
  }

  @Test
  void listingIsReorderedAndTheClockAhead() throws IOException {
    try (FileSystem files =
        FaultyFileSystem.open(Map.of("reorder", "true", "clock.skew", "3600000"))) {
      for (String name : new String[] {"b", "a", "c"}) {
        write(files, name, 1);
      }

      assertThat(Arrays.stream(files.listStatus(path(""))).map(s -> s.getPath().getName()))
          .containsExactly("c", "b", "a");
      assertThat(files.getFileStatus(path("a")).getModificationTime())
          .isEqualTo(
              java.nio.file.Files.getLastModifiedTime(folder.resolve("a")).toMillis() + 3600000);
    }
  }

  private void write(FileSystem files, String name, int bytes) throws IOException {
    try (FSDataOutputStream out = files.create(path(name))) {
      out.write(new byte[bytes]);
    }
  }

  private Path path(String name) {
    return new Path("faulty://" + folder + (name.isEmpty() ? "" : "/" + name));
  }
}
