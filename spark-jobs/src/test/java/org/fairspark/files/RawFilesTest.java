package org.fairspark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFilesTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadWhateverLiesBesideIt() throws Exception {
    Path file = Files.write(folder.resolve("10:00:00.png"), new byte[] {7});
    Path stale = Files.write(folder.resolve("0.png"), new byte[] {8});
    Files.write(folder.resolve(".0.png.crc"), "crc\0\0\0\2\0none".getBytes(StandardCharsets.UTF_8));
    WholeFileReader reader = new WholeFileReader(new Configuration(false));
    assertThat(reader.read("file:" + file, 1)).containsExactly(7);
    assertThat(reader.read("file:" + stale, 1)).containsExactly(8);
  }

  @Test
  void namesThatALocaleLosesAreRefusedWithWhatToSet() {
    assertThatThrownBy(() -> RawFiles.requireName("/in/größe/1.png", "ANSI_X3.4-1968"))
        .isInstanceOfSatisfying(
            FairException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.WRONG_USAGE))
        .hasMessageContaining("knows names in ANSI_X3.4-1968 only")
        .hasMessageContaining("LC_ALL=C.UTF-8")
        .hasMessageContaining("spark.executorEnv.LC_ALL=C.UTF-8");
    assertThatCode(() -> RawFiles.requireName("/in/plain.png", "ANSI_X3.4-1968"))
        .doesNotThrowAnyException();
    assertThatCode(() -> RawFiles.requireName("/in/größe/1.png", "UTF-8"))
        .doesNotThrowAnyException();
  }

  @Test
  void aLocalFileThatIsClosedIsNotCalledGone() {
    WholeFileReader reader = new WholeFileReader(new Configuration(false));
    assertThatThrownBy(
            () ->
                reader.withRetries(
                    "/in/1.png",
                    () -> {
                      throw new FileNotFoundException("/in/1.png (Permission denied)");
                    }))
        .isInstanceOfSatisfying(
            UnreadableFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_ACCESS));
  }
}
