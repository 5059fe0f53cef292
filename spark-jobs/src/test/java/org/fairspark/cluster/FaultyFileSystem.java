package org.fairspark.cluster;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * {@code faulty:///path}: this machine's files in a store whose operations fail on demand. It
 * always refuses to rename a file onto another, as HDFS and object stores do.
 *
 * <p>Settings, all off unless given (for Spark put {@code spark.hadoop.} before them):
 *
 * <ul>
 *   <li>{@code fs.faulty.create.every}, {@code .write.every}, {@code .close.every}, {@code
 *       .rename.every}, {@code .open.every}: of so many such calls in this JVM one fails, as a
 *       store does that answers the next time
 *   <li>{@code fs.faulty.changes}: so many calls that change anything work, and all later ones
 *       fail: what a process leaves that was killed then
 *   <li>{@code fs.faulty.capacity}: bytes written in this JVM until the disk is full
 *   <li>{@code fs.faulty.reorder}: listings come last name first
 *   <li>{@code fs.faulty.objects}: it is an object store: a file appears when its stream is closed,
 *       over an older one of its name, or not at all when the stream is aborted
 *   <li>{@code fs.faulty.clock.skew}: milliseconds that the store's clock is ahead
 * </ul>
 */
public final class FaultyFileSystem extends FilterFileSystem {
  static final String SCHEME = "faulty";
  private static final Map<String, AtomicLong> CALLS = new ConcurrentHashMap<>();
  private static final AtomicLong WRITTEN = new AtomicLong();
  private static final AtomicLong CHANGES = new AtomicLong();

  public FaultyFileSystem() {
    super(new Local());
  }

  /** Lets a submission use the scheme; the class must be in its application jar. */
  static SparkSubmit use(SparkSubmit submit) {
    return submit.conf("spark.hadoop.fs." + SCHEME + ".impl", FaultyFileSystem.class.getName());
  }

  /** Lets paths of this process use the scheme, with settings of their own. */
  static FileSystem open(Map<String, String> settings) throws IOException {
    return FileSystem.newInstance(URI.create(SCHEME + ":///"), configuration(settings));
  }

  /** Returns a configuration in which paths may use the scheme; its counts begin anew. */
  public static Configuration configuration(Map<String, String> settings) {
    Configuration conf = new Configuration(false);
    CALLS.clear();
    configure(conf, settings);
    return conf;
  }

  /**
   * Applies the settings to an existing configuration and drops those of earlier calls. The counts
   * of calls go on, so that the next failure is not where the last was.
   */
  public static void configure(Configuration conf, Map<String, String> settings) {
    conf.getPropsWithPrefix("fs." + SCHEME + ".")
        .keySet()
        .forEach(key -> conf.unset("fs." + SCHEME + "." + key));
    conf.set("fs." + SCHEME + ".impl", FaultyFileSystem.class.getName());
    // Each path's file system has the settings of that moment.
    conf.set("fs." + SCHEME + ".impl.disable.cache", "true");
    settings.forEach((key, value) -> conf.set("fs." + SCHEME + "." + key, value));
    WRITTEN.set(0);
    CHANGES.set(0);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    requireAlive(file);
    maybeFail("create", file);
    if (isObjectStore()) {
      return new FSDataOutputStream(new ObjectStream(file), null);
    }
    return faulty(
        file,
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  private boolean isObjectStore() {
    return getConf().getBoolean("fs.faulty.objects", false);
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return capability.equals(CommonPathCapabilities.ABORTABLE_STREAM)
        ? isObjectStore()
        : super.hasPathCapability(path, capability);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    maybeFail("open", file);
    return super.open(file, bufferSize);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    requireAlive(from);
    maybeFail("rename", from);
    if (exists(to) && getFileStatus(to).isFile()) {
      return false;
    }
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    requireAlive(file);
    return super.delete(file, recursive);
  }

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
    requireAlive(folder);
    return super.mkdirs(folder, permission);
  }

  private void requireAlive(Path file) throws IOException {
    if (CHANGES.incrementAndGet() > getConf().getLong("fs.faulty.changes", Long.MAX_VALUE)) {
      throw new IOException("the process was killed: " + file);
    }
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    return skewed(super.getFileStatus(file));
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus status : super.listStatus(folder)) {
      files.add(skewed(status));
    }
    if (getConf().getBoolean("fs.faulty.reorder", false)) {
      files.sort(Collections.reverseOrder());
    }
    return files.toArray(FileStatus[]::new);
  }

  @Override
  public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path folder)
      throws FileNotFoundException, IOException {
    List<LocatedFileStatus> files = new ArrayList<>();
    for (FileStatus status : listStatus(folder)) {
      files.add(
          new LocatedFileStatus(
              status, status.isFile() ? getFileBlockLocations(status, 0, status.getLen()) : null));
    }
    return org.apache.hadoop.util.functional.RemoteIterators.remoteIteratorFromIterable(files);
  }

  private FileStatus skewed(FileStatus status) {
    long skew = getConf().getLong("fs.faulty.clock.skew", 0);
    // Always a copy: the local file system's own asks for permissions under the name file:.
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime() + skew,
        status.getPath());
  }

  private void maybeFail(String call, Path file) throws IOException {
    long every = getConf().getLong("fs.faulty." + call + ".every", 0);
    if (every > 0
        && CALLS.computeIfAbsent(call, c -> new AtomicLong()).incrementAndGet() % every == 0) {
      throw new IOException("503 slow down: " + call + " " + file);
    }
  }

  private FSDataOutputStream faulty(Path file, FSDataOutputStream out) throws IOException {
    // Buffered, as a store's client is: a call is a block, not the byte that a writer wrote.
    return new FSDataOutputStream(new BufferedOutputStream(new FaultyStream(file, out)), null);
  }

  /** An object in the making, kept in memory until it is closed. */
  private final class ObjectStream extends ByteArrayOutputStream implements Abortable {
    private final Path file;
    private boolean isDone;

    ObjectStream(Path file) {
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      if (isDone) {
        return;
      }
      isDone = true;
      requireAlive(file);
      maybeFail("close", file);
      try (OutputStream out = fs.create(file, true)) {
        writeTo(out);
      }
    }

    @Override
    public AbortableResult abort() {
      boolean wasDone = isDone;
      isDone = true;
      return new AbortableResult() {
        @Override
        public boolean alreadyClosed() {
          return wasDone;
        }

        @Override
        public IOException anyCleanupException() {
          return null;
        }
      };
    }
  }

  private final class FaultyStream extends OutputStream {
    private final Path file;
    private final OutputStream out;

    FaultyStream(Path file, OutputStream out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      maybeFail("write", file);
      if (WRITTEN.addAndGet(length) > getConf().getLong("fs.faulty.capacity", Long.MAX_VALUE)) {
        throw new IOException("No space left on device: " + file);
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
      maybeFail("close", file);
    }
  }

  /** A file system that knows files by the scheme's own name. */
  private static final class Local extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create(SCHEME + ":///");
    }
  }
}
