package org.fairspark.files;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * {@code flaky:/path}: the local files, whose opening fails the first two times; of files named
 * {@code dead*} always.
 */
public final class FlakyFileSystem extends FilterFileSystem {
  private static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();

  public FlakyFileSystem() {
    super(
        new RawLocalFileSystem() {
          @Override
          public URI getUri() {
            return URI.create("flaky:///");
          }
        });
  }

  /** Returns how often each file below a folder was opened, failures included. */
  public static List<Integer> openings(java.nio.file.Path folder) {
    return OPENED.entrySet().stream()
        .filter(file -> file.getKey().contains(folder + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  public static void register(Configuration hadoop) {
    hadoop.setClass("fs.flaky.impl", FlakyFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    int times = OPENED.merge(file.toString(), 1, Integer::sum);
    if (times <= 2 || file.getName().startsWith("dead")) {
      throw new IOException("connection reset by peer");
    }
    return super.open(file, bufferSize);
  }
}
