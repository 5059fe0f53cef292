package org.fairspark.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.SequenceFile;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.Omission;
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
    reader.list(archive).forEachRemaining(member -> addImage(found, member));
    return found;
  }

  private static void addImage(List<ImageItem> found, Member member) {
    if (member.omission() == null) {
      found.add(member.item());
    }
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
  void aSequenceFileThatEndsAnywhereSaysSoInWords() throws IOException {
    Archives.sequence(folder.resolve("whole.seq"), members(), SequenceFile.CompressionType.NONE);
    byte[] bytes = Files.readAllBytes(folder.resolve("whole.seq"));
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      for (int length : new int[] {0, 3, 4, 50, bytes.length / 2, bytes.length - 1}) {
        Files.write(folder.resolve("cut.seq"), java.util.Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> list(reader, item(ArchiveKind.SEQUENCE, "cut.seq")))
            .as("the first %d bytes", length)
            .isInstanceOf(UnreadableFileException.class)
            .hasMessageStartingWith("the sequence file is broken: ")
            .hasMessageNotContaining("null");
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
                reader
                    .list(item(ArchiveKind.TAR, "cut.tar"))
                    .forEachRemaining(member -> addImage(found, member));
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

  private List<Member> all(ArchiveReader reader, ArchiveKind kind, String name) throws IOException {
    List<Member> members = new ArrayList<>();
    reader.list(item(kind, name)).forEachRemaining(members::add);
    return members;
  }

  @Test
  void zipsOfAnotherCodePageKeepEveryMemberAndItsName() throws IOException {
    try (ZipArchiveOutputStream zip =
        new ZipArchiveOutputStream(folder.resolve("a.zip").toFile())) {
      zip.setEncoding("GBK");
      zip.setUseLanguageEncodingFlag(false);
      for (String name : List.of("测.png", "试.png", "plain.png")) {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.write(name.getBytes(UTF_8));
        zip.closeArchiveEntry();
      }
    }
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      List<ImageItem> found = list(reader, item(ArchiveKind.ZIP, "a.zip"));
      assertThat(found)
          .extracting(ImageItem::member)
          .containsExactly("\\xB2\\xE2.png", "\\xCA\\xD4.png", "plain.png");
      assertThat(reader.read(found.get(1), MAX_BYTES)).isEqualTo("试.png".getBytes(UTF_8));
    }
  }

  @Test
  void everyMemberOfOneNameIsReadByItsPlace() throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(folder.resolve("a.zip").toFile());
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(Files.newOutputStream(folder.resolve("a.tar")))) {
      for (byte i = 0; i < 3; i++) {
        zip.putArchiveEntry(new ZipArchiveEntry("1.png"));
        zip.write(new byte[] {i});
        zip.closeArchiveEntry();
        TarArchiveEntry entry = new TarArchiveEntry("1.png");
        entry.setSize(1);
        tar.putArchiveEntry(entry);
        tar.write(new byte[] {i});
        tar.closeArchiveEntry();
      }
    }
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      for (ImageItem archive :
          List.of(item(ArchiveKind.TAR, "a.tar"), item(ArchiveKind.ZIP, "a.zip"))) {
        List<ImageItem> found = list(reader, archive);
        assertThat(found)
            .extracting(ImageItem::member)
            .containsExactly("1.png", "1.png#2", "1.png#3");
        for (byte i = 2; i >= 0; i--) {
          assertThat(reader.read(found.get(i), MAX_BYTES))
              .as("%s, member %d", archive.name(), i)
              .containsExactly(i);
        }
      }
    }
  }

  @Test
  void whatIsNoImageIsNamedWithItsReason() throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(folder.resolve("a.tar")))) {
      for (String name : List.of("1.png", "1.json", "@eaDir/1.png/t.jpg", ".git/1.png")) {
        tar.putArchiveEntry(new TarArchiveEntry(name));
        tar.closeArchiveEntry();
      }
      tar.putArchiveEntry(new TarArchiveEntry("folder/"));
      tar.closeArchiveEntry();
      TarArchiveEntry link = new TarArchiveEntry("2.png", TarConstants.LF_SYMLINK);
      link.setLinkName("1.png");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    try (ArchiveReader reader = new ArchiveReader(new Configuration(false))) {
      assertThat(all(reader, ArchiveKind.TAR, "a.tar"))
          .extracting(Member::omission)
          .containsExactly(
              null,
              Omission.NOT_AN_IMAGE,
              Omission.SYSTEM,
              Omission.HIDDEN,
              Omission.LINK_IN_ARCHIVE);
    }
  }

  @Test
  void staleChecksumFilesBesideAnArchiveAndColonsInItsNameDoNotMatter() throws IOException {
    for (String name : List.of("10:00:00", "stale")) {
      Archives.tar(folder.resolve(name + ".tar"), members());
      Archives.zip(folder.resolve(name + ".zip"), members());
      Archives.sequence(folder.resolve("a.seq"), members(), SequenceFile.CompressionType.NONE);
      Files.move(folder.resolve("a.seq"), folder.resolve(name + ".seq"));
    }
    for (String suffix : List.of("tar", "zip", "seq")) {
      Files.write(folder.resolve(".stale." + suffix + ".crc"), "crc\0\0\0\2\0none".getBytes(UTF_8));
      ArchiveKind kind = ArchiveKind.of("a." + suffix).orElseThrow();
      assertReadsBack(kind, "stale." + suffix, members());
      assertReadsBack(kind, "10:00:00." + suffix, members());
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
