package org.fairspark.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The memory that this process may take of its machine: what the machine has, or the smallest limit
 * of the control groups around the process, whichever is less. {@code submit.sh} follows the same
 * rule.
 *
 * <p>Containers set the limit at the root that they show; batch systems set it on a group further
 * down; both versions of control groups are in use. So every group on the way up from the one in
 * {@code /proc/self/cgroup} is asked, in the files of either version.
 */
final class MachineMemory {
  /** Version 1 writes "no limit" as a number close to the greatest there is. */
  private static final long MIN_UNLIMITED = 1L << 60;

  private MachineMemory() {}

  /** Returns the bytes, or nothing where the system does not tell, as outside of Linux. */
  static OptionalLong bytes() {
    return bytes(Path.of("/"));
  }

  static OptionalLong bytes(Path root) {
    long least = memTotal(root);
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[0].equals("0") && fields[1].isEmpty()) {
        least = Math.min(least, onTheWayUp(root, "sys/fs/cgroup", fields[2], "memory.max"));
        least = Math.min(least, onTheWayUp(root, "sys/fs/cgroup/unified", fields[2], "memory.max"));
      } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
        least =
            Math.min(
                least,
                onTheWayUp(root, "sys/fs/cgroup/memory", fields[2], "memory.limit_in_bytes"));
      }
    }
    return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
  }

  private static long memTotal(Path root) {
    return lines(root.resolve("proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private static long onTheWayUp(Path root, String mount, String group, String file) {
    Path top = root.resolve(mount);
    long least = Long.MAX_VALUE;
    // A group of the host's, which a container names and does not show, has no folder here.
    Path folder = top.resolve(group.replaceFirst("^/+", "")).normalize();
    for (; folder != null && folder.startsWith(top); folder = folder.getParent()) {
      for (String limit : lines(folder.resolve(file))) {
        if (limit.matches("[0-9]{1,18}") && Long.parseLong(limit) < MIN_UNLIMITED) {
          least = Math.min(least, Long.parseLong(limit));
        }
      }
    }
    return least;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
