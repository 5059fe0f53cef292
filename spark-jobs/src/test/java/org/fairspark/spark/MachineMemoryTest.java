package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
  private static final long GIB = 1L << 30;

  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  @Test
  void isWhatTheMachineHasWithoutALimit() throws IOException {
    file("proc/meminfo", "MemFree: 5 kB\nMemTotal:       16777216 kB");
    file("proc/self/cgroup", "0::/");
    file("sys/fs/cgroup/memory.max", "max");
    assertThat(MachineMemory.bytes(root)).hasValue(16 * GIB);
  }

  @Test
  void isTheSmallestLimitOnTheWayUpInVersion2() throws IOException {
    file("proc/meminfo", "MemTotal: 16777216 kB");
    file("proc/self/cgroup", "0::/batch/job_7/step_0");
    file("sys/fs/cgroup/batch/memory.max", "max");
    file("sys/fs/cgroup/batch/job_7/memory.max", String.valueOf(4 * GIB));
    file("sys/fs/cgroup/batch/job_7/step_0/memory.max", String.valueOf(6 * GIB));
    assertThat(MachineMemory.bytes(root)).hasValue(4 * GIB);
  }

  @Test
  void isTheSmallestLimitOnTheWayUpInVersion1() throws IOException {
    file("proc/meminfo", "MemTotal: 16777216 kB");
    file("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:hugetlb,memory:/job/step\n0::/");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
    file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", String.valueOf(3 * GIB));
    file("sys/fs/cgroup/memory/job/step/memory.limit_in_bytes", "9223372036854771712");
    assertThat(MachineMemory.bytes(root)).hasValue(3 * GIB);
  }

  @Test
  void asksTheRootWhereTheGroupIsTheHostsAndNotShown() throws IOException {
    file("proc/meminfo", "MemTotal: 16777216 kB");
    file("proc/self/cgroup", "4:memory:/docker/0123\n0::/../../other");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", String.valueOf(2 * GIB));
    assertThat(MachineMemory.bytes(root)).hasValue(2 * GIB);
  }

  @Test
  void isUnknownWhereTheSystemDoesNotTell() {
    assertThat(MachineMemory.bytes(root)).isEmpty();
  }
}
