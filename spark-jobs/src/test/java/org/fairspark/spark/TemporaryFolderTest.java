package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fairspark.failure.FairException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @Test
  void oneThatServesIsLeftAsItWas(@TempDir Path folder) {
    assertThatCode(() -> TemporaryFolder.require(folder)).doesNotThrowAnyException();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void oneThatCannotBeWrittenIsNamed(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> TemporaryFolder.require(file))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("-Djava.io.tmpdir=FOLDER");
  }
}
