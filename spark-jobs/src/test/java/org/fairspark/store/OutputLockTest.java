package org.fairspark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {
  @TempDir Path folder;

  private final Configuration hadoop = ReadOnlyFileSystem.register(new Configuration(false));

  private OutputRoot root() {
    return OutputRoot.of(hadoop, folder.resolve("out put #1").toString());
  }

  private Path file(String name) {
    return folder.resolve("out put #1").resolve(name);
  }

  @Test
  void aSecondRunIsRefusedWithTheNameOfTheFirst() {
    try (OutputLock first = OutputLock.acquire(root(), "prepare", "app-1")) {
      first.requireHeld();
      assertThatThrownBy(() -> OutputLock.acquire(root(), "train", "app-2"))
          .isInstanceOfSatisfying(
              FairException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.WRONG_USAGE))
          .hasMessageContaining("prepare, process " + ProcessHandle.current().pid() + " on ")
          .hasMessageContaining(OutputLock.FILE);
    }
    assertThat(file(OutputLock.FILE)).as("released").doesNotExist();
    assertThat(file(OutputLock.BEAT)).doesNotExist();
    assertThat(file("")).as("a root that was made for nothing goes again").doesNotExist();
    OutputLock.acquire(root(), "train", "app-2").close();
  }

  @Test
  void jobsOfOneApplicationShareIt() {
    OutputLock run = OutputLock.acquire(root(), "run", "app-1");
    OutputLock.acquire(root(), "prepare", "app-1").close();
    run.requireHeld();
    run.close();
    assertThat(file(OutputLock.FILE)).doesNotExist();
  }

  @Test
  void theLockOfAProcessThatEndedIsTakenOver() throws IOException {
    Files.createDirectories(file("x").getParent());
    LockHolder me = LockHolder.thisProcess("prepare", "app-0");
    // This process's number, but of another start: the number was given out again.
    LockHolder dead =
        new LockHolder(
            "t", me.job(), me.owner(), me.host(), me.pid(), "2001-01-01T00:00:00Z", me.since());
    Files.writeString(file(OutputLock.FILE), dead.toJson());
    try (OutputLock lock = OutputLock.acquire(root(), "prepare", "app-1")) {
      lock.requireHeld();
    }
  }

  @Test
  void theLockOfAnotherMachineLapsesWhenNobodyTouchesIt() throws IOException {
    Files.createDirectories(file("x").getParent());
    LockHolder me = LockHolder.thisProcess("prepare", "app-0");
    LockHolder far = new LockHolder("t", "score", "app-9", "far.example", 1, "", me.since());
    Files.writeString(file(OutputLock.FILE), far.toJson());
    Files.writeString(file(OutputLock.BEAT), "");
    Instant old = Instant.now().minusMillis(2 * OutputLock.STALE_MILLIS);
    Files.setLastModifiedTime(file(OutputLock.FILE), FileTime.from(old));
    assertThatThrownBy(() -> OutputLock.acquire(root(), "prepare", "app-1"))
        .as("touched a moment ago")
        .hasMessageContaining("score, process 1 on far.example");
    Files.setLastModifiedTime(file(OutputLock.BEAT), FileTime.from(old));
    try (OutputLock lock = OutputLock.acquire(root(), "prepare", "app-1")) {
      lock.requireHeld();
    }
  }

  @Test
  void losingTheLockIsNoticedAndAnothersLockIsNotRemoved() throws IOException {
    LockHolder other = LockHolder.thisProcess("prepare", "app-7");
    try (OutputLock lock = OutputLock.acquire(root(), "prepare", "app-1")) {
      Files.writeString(file(OutputLock.FILE), other.toJson());
      assertThatThrownBy(lock::requireHeld)
          .isInstanceOf(FairException.class)
          .hasMessageContaining("this run's lock was taken by another: prepare, process");
    }
    assertThat(file(OutputLock.FILE)).hasContent(other.toJson());
  }

  @Test
  void aRootThatCannotBeWrittenIsToldBeforeWork() {
    OutputRoot root = OutputRoot.of(hadoop, "readonly:" + folder);
    assertThatThrownBy(() -> OutputLock.acquire(root, "prepare", "app-1"))
        .isInstanceOfSatisfying(
            FairException.class,
            e -> {
              assertThat(e.status()).isEqualTo(ExitStatus.WRONG_USAGE);
              assertThat(e.what()).contains("output.root cannot be written to: Permission denied");
              assertThat(e.remedy()).startsWith("give another output.root");
            });
  }

  @Test
  void aRootBelowAFileIsToldToo() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
    OutputRoot root = OutputRoot.of(hadoop, occupied.resolve("out").toString());
    assertThatThrownBy(() -> OutputLock.acquire(root, "prepare", "app-1"))
        .isInstanceOf(FairException.class)
        .hasMessageStartingWith("output.root cannot be written to");
  }

  @Test
  void outputAndDataMustLieApart() {
    OutputRoot root = OutputRoot.of(hadoop, "/data/set/out");
    assertThatThrownBy(() -> root.requireApartFrom("file:/data/set"))
        .hasMessageStartingWith("output.root lies in data.root");
    OutputRoot around = OutputRoot.of(hadoop, "/data");
    around.requireApartFrom("file:/data/set");
    assertThatThrownBy(() -> around.requireApartFrom("file:/data/images/mine"))
        .hasMessageStartingWith("data.root lies where the table images/ is to be written");
    OutputRoot beside = OutputRoot.of(hadoop, "/data/set-out");
    beside.requireApartFrom("file:/data/set");
  }
}
