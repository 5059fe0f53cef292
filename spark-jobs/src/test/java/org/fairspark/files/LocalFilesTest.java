package org.fairspark.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local files beside Hadoop's own class for them, which must make and find the same. */
class LocalFilesTest {
  @TempDir private static Path folder;

  private static FileSystem own(Configuration hadoop) throws Exception {
    return RawFiles.of(FileSystem.newInstanceLocal(hadoop));
  }

  private static FileSystem hadoops(Configuration hadoop) throws Exception {
    RawLocalFileSystem fs = new RawLocalFileSystem();
    fs.initialize(folder.toUri(), hadoop);
    return fs;
  }

  /** As Spark's writers get it, in a process that has made Hadoop's own before. */
  private static FileSystem sparks(Configuration hadoop) throws Exception {
    FileSystem.getLocal(hadoop);
    LocalFilesWithChecksums.use(hadoop);
    return FileSystem.get(folder.toUri(), hadoop);
  }

  private static void write(FileSystem fs, Path file) throws Exception {
    try (var out = fs.create(new org.apache.hadoop.fs.Path(file.toString()), true)) {
      out.write(1);
    }
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void filesAndFoldersGetThePermissionsOfTheUmask() throws Exception {
    for (String mask : new String[] {"022", "077", "002"}) {
      Configuration hadoop = new Configuration();
      hadoop.set("fs.permissions.umask-mode", mask);
      write(own(hadoop), folder.resolve("own-" + mask + "/a/file"));
      write(hadoops(hadoop), folder.resolve("hadoops-" + mask + "/a/file"));
      write(sparks(hadoop), folder.resolve("sparks-" + mask + "/a/file"));
      for (String name : new String[] {"", "a", "a/file"}) {
        String expected = permissions(folder.resolve("hadoops-" + mask).resolve(name));
        for (String by : new String[] {"own-", "sparks-"}) {
          assertThat(permissions(folder.resolve(by + mask).resolve(name)))
              .as("%s%s under %s", by, name, mask)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void whatSparkWritesHasChecksumsStill() throws Exception {
    FileSystem fs = sparks(new Configuration());
    Path file = folder.resolve("checked/file");
    write(fs, file);
    assertThat(fs).isInstanceOf(LocalFilesWithChecksums.class);
    assertThat(file.resolveSibling(".file.crc")).exists();
    Files.write(file, new byte[] {2});
    try (var in = fs.open(new org.apache.hadoop.fs.Path(file.toString()))) {
      assertThatExceptionOfType(ChecksumException.class).isThrownBy(in::read);
    }
  }

  @Test
  void aFileSystemThatTheUserNamedStays() {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.file.impl", RawLocalFileSystem.class.getName());
    LocalFilesWithChecksums.use(hadoop);
    assertThat(hadoop)
        .extracting(Map.Entry::getKey, Map.Entry::getValue)
        .containsExactly(tuple("fs.file.impl", RawLocalFileSystem.class.getName()));
  }

  @Test
  void aStickyBitIsSet() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    own(new Configuration())
        .setPermission(
            new org.apache.hadoop.fs.Path(shared.toString()), new FsPermission((short) 01770));
    assertThat((int) Files.getAttribute(shared, "unix:mode") & 07777).isEqualTo(01770);
  }

  @Test
  void aRecursiveListingFindsTheSameFiles() throws Exception {
    for (String name : new String[] {"b/c/1", "b/2", "3 4", "b/ü"}) {
      Path file = folder.resolve("listed").resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    assertThat(listed(own(new Configuration())))
        .hasSize(4)
        .isEqualTo(listed(hadoops(new Configuration())));
  }

  private static TreeMap<String, String> listed(FileSystem fs) throws Exception {
    TreeMap<String, String> listed = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> files =
        fs.listFiles(new org.apache.hadoop.fs.Path(folder.resolve("listed").toString()), true);
    while (files.hasNext()) {
      LocatedFileStatus file = files.next();
      listed.put(
          file.getPath().toString(),
          "%d bytes, of %d, in %d blocks"
              .formatted(
                  file.getLen(), file.getModificationTime(), file.getBlockLocations().length));
    }
    return listed;
  }
}
