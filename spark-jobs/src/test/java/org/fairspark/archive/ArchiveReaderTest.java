package org.fairspark.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.SequenceFile;
import org.fairspark.failure.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveReaderTest {
  private static final long MAX_BYTES = 1 << 20;

  @TempDir Path folder;

  private static Map<String, byte[]> members() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    Random random = new Random(3);
    for (int i = 0; i < 12; i++) {
      byte[] bytes = new byte[100 + 700 * i];
      random.nextBytes(bytes);
      String name = i == 5 ? "deep/" + "a long name ".repeat(20) + ".png" : "ü " + i + ".PNG";
      members.put(name, bytes);
    }
    return members;
  }

  private ImageItem item(ArchiveKind kind, String name) throws IOException {
    Path file = folder.resolve(name);
    return ImageItem.of(kind, "file:" + folder, name, Files.size(file), 77);
  }

  private static List<ImageItem> list(ArchiveReader reader, ImageItem archive) throws IOException {
    List<ImageItem> found = new ArrayList<>();
    Iterator<ImageItem> images = reader.list(archive);
    images.forEachRemaining(found::add);
    return found;
  }

  /** Lists in order, and reads in the opposite one. */
  private void assertReadsBack(ArchiveKind kind, String name, Map<String, byte[]> members)
      throws IOException {
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      List<ImageItem> found = list(reader, item(kind, name));
      assertThat(found).extracting(ImageItem::member).containsExactlyElementsOf(members.keySet());
      assertThat(found.get(1).path()).isEqualTo("file:%s/%s!/ü 1.PNG", folder, name);
      assertThat(found.get(1).name()).isEqualTo("%s!/ü 1.PNG", name);
      Collections.reverse(found);
      for (ImageItem image : found) {
        assertThat(reader.read(image, MAX_BYTES))
            .as(image.path())
            .isEqualTo(members.get(image.member()));
      }
    }
  }

  @Test
  void tarsAreReadWhereTheirMembersLie() throws IOException {
    Archives.tar(folder.resolve("a.tar"), members());
    assertReadsBack(ArchiveKind.TAR, "a.tar", members());
  }

  @Test
  void zipsAreReadByTheirDirectory() throws IOException {
    Archives.zip(folder.resolve("a.zip"), members());
    assertReadsBack(ArchiveKind.ZIP, "a.zip", members());
  }

  @ParameterizedTest
  @EnumSource(SequenceFile.CompressionType.class)
  void sequenceFilesAreReadRecordByRecord(SequenceFile.CompressionType compression)
      throws IOException {
    Archives.sequence(folder.resolve("a.seq"), members(), compression);
    assertReadsBack(ArchiveKind.SEQUENCE, "a.seq", members());
  }

  @Test
  void onlyImagesCount() throws IOException {
    Map<String, byte[]> mixed = new LinkedHashMap<>();
    mixed.put("readme.txt", new byte[3]);
    mixed.put("__MACOSX/._1.png", new byte[3]);
    mixed.put("1.png", new byte[3]);
    Archives.tar(folder.resolve("a.tar"), mixed);
    Archives.zip(folder.resolve("a.zip"), mixed);
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      for (ImageItem archive :
          List.of(item(ArchiveKind.TAR, "a.tar"), item(ArchiveKind.ZIP, "a.zip"))) {
        assertThat(list(reader, archive)).extracting(ImageItem::member).containsExactly("1.png");
      }
    }
  }

  @Test
  void aTruncatedArchiveGivesWhatIsWholeAndSaysSo() throws IOException {
    Archives.tar(folder.resolve("whole.tar"), members());
    byte[] bytes = Files.readAllBytes(folder.resolve("whole.tar"));
    Files.write(folder.resolve("cut.tar"), java.util.Arrays.copyOf(bytes, 20_000));
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      List<ImageItem> found = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                reader.list(item(ArchiveKind.TAR, "cut.tar")).forEachRemaining(found::add);
                for (ImageItem image : found) {
                  reader.read(image, MAX_BYTES);
                }
              })
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageContaining("broken");
      assertThat(found).isNotEmpty();
      assertThat(reader.read(found.get(0), MAX_BYTES)).isEqualTo(members().get("ü 0.PNG"));
    }
    Files.write(folder.resolve("cut.zip"), new byte[] {'P', 'K', 3, 4, 5});
    Files.write(folder.resolve("cut.seq"), new byte[] {'S', 'E', 'Q'});
    Files.write(folder.resolve("a.tar.gz"), new byte[4]);
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      assertThatThrownBy(() -> reader.list(item(ArchiveKind.ZIP, "cut.zip")))
          .isInstanceOf(UnreadableFileException.class);
      assertThatThrownBy(() -> reader.list(item(ArchiveKind.SEQUENCE, "cut.seq")))
          .isInstanceOf(UnreadableFileException.class);
      assertThatThrownBy(() -> reader.list(item(ArchiveKind.TAR, "a.tar.gz")))
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageContaining("pack it as .tar or .zip");
    }
  }

  @Test
  void aTooLargeMemberOfAnArchiveIsNotRead() throws IOException {
    Archives.tar(folder.resolve("a.tar"), members());
    Archives.zip(folder.resolve("a.zip"), members());
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      for (ImageItem archive :
          List.of(item(ArchiveKind.TAR, "a.tar"), item(ArchiveKind.ZIP, "a.zip"))) {
        ImageItem largest = list(reader, archive).get(11);
        assertThatThrownBy(() -> reader.read(largest, 5000))
            .isInstanceOf(UnreadableFileException.class)
            .hasMessageContaining("7800 bytes, more than the limit of 5000");
      }
    }
  }
}
