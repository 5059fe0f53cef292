package org.fairspark.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.fairspark.failure.FairException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that keeps two runs from working on one output root. The lock is a file that says who
 * holds it; its holder touches a second file every half minute. A lock whose process has ended on
 * this machine, or that was not touched for {@value #STALE_MILLIS} ms by the file system's own
 * clock, is taken over.
 *
 * <p>A job that another job of the same Spark application runs shares its lock. On an object store
 * without an exclusive create, two runs that start within the same instant are told apart by
 * reading the lock back.
 */
public final class OutputLock implements AutoCloseable {
  static final String FILE = "_fair_lock.json";
  static final String BEAT = "_fair_lock.beat";
  static final long STALE_MILLIS = 300_000;
  private static final long BEAT_MILLIS = 30_000;

  private static final Logger LOG = LoggerFactory.getLogger(OutputLock.class);
  private static final Map<String, OutputLock> HELD = new HashMap<>();

  private final OutputRoot root;
  private final LockHolder holder;
  private final boolean madeRoot;
  private final ScheduledExecutorService heart;
  private final Runnable hook = this::release;
  private int uses = 1;
  private boolean released;

  private OutputLock(OutputRoot root, LockHolder holder, boolean madeRoot) {
    this.root = root;
    this.madeRoot = madeRoot;
    this.holder = holder;
    heart =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "fair-lock");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the lock. The root is made if it is not there.
   *
   * @param job the command, for the message that another run will see
   * @param owner id of the Spark application; only its own jobs may share the lock
   * @throws FairException if another run holds it, or the root cannot be written to
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  public static OutputLock acquire(OutputRoot root, String job, String owner) {
    synchronized (HELD) {
      OutputLock held = HELD.get(root.path().toString());
      if (held != null && held.holder.owner().equals(owner)) {
        held.uses++;
        return held;
      }
      boolean makesRoot = !root.exists();
      long now = root.requireWritable();
      LockHolder wanted = LockHolder.thisProcess(job, owner);
      try {
        if (!create(root, wanted.toJson())) {
          takeOver(root, wanted, now);
        }
        OutputLock lock = new OutputLock(root, wanted, makesRoot);
        lock.requireHeld();
        lock.beat();
        HELD.put(root.path().toString(), lock);
        lock.heart.scheduleWithFixedDelay(
            lock::beatQuietly, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        // Before Hadoop closes its file systems, which it does at priority 10.
        ShutdownHookManager.get().addShutdownHook(lock.hook, 20);
        return lock;
      } catch (IOException e) {
        throw OutputRoot.notWritable(root.path().toString(), e);
      }
    }
  }

  private static void takeOver(OutputRoot root, LockHolder wanted, long now) throws IOException {
    var file = root.path(FILE);
    String text = root.readText(file);
    Optional<LockHolder> other = text == null ? Optional.empty() : LockHolder.parse(text);
    boolean silent = now - lastSign(root) > STALE_MILLIS;
    if (text != null && !silent && !other.map(LockHolder::isGone).orElse(false)) {
      throw FairException.refused(
          "another run works on output.root: "
              + other.map(LockHolder::describe).orElse("its lock file is being written"),
          file.toString(),
          "wait for it, or give another output.root; if that run has died, its lock lapses "
              + STALE_MILLIS / 60_000
              + " minutes after its last sign of life (or remove the file)");
    }
    LOG.warn(
        "taking over the lock of a run that has ended: {}",
        other.map(LockHolder::describe).orElse("unknown"));
    root.fileSystem().delete(file, false);
    if (!create(root, wanted.toJson())) {
      throw FairException.refused(
          "another run has just started on output.root",
          file.toString(),
          "wait for it, or give another output.root");
    }
  }

  private static long lastSign(OutputRoot root) throws IOException {
    long last = 0;
    for (String name : new String[] {FILE, BEAT}) {
      try {
        last =
            Math.max(last, root.fileSystem().getFileStatus(root.path(name)).getModificationTime());
      } catch (java.io.FileNotFoundException e) {
        LOG.debug("no {}", name, e);
      }
    }
    return last;
  }

  /** Makes the lock file, unless there is one. */
  private static boolean create(OutputRoot root, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var file = root.path(FILE);
    if (root.fileSystem().getUri().getScheme().equals("file")) {
      // Hadoop's local file system looks first and creates then; this is one step.
      try {
        Files.write(Path.of(file.toUri().getPath()), bytes, StandardOpenOption.CREATE_NEW);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }
    try (var out = root.fileSystem().create(file, false)) {
      out.write(bytes);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Makes sure that the lock is still this run's.
   *
   * @throws FairException if another run took it
   */
  public void requireHeld() {
    String text = root.readText(root.path(FILE));
    Optional<LockHolder> now = text == null ? Optional.empty() : LockHolder.parse(text);
    if (!now.map(h -> h.token().equals(holder.token())).orElse(false)) {
      throw FairException.refused(
          "this run's lock was taken by another: "
              + now.map(LockHolder::describe).orElse("the lock file is gone"),
          root.path(FILE).toString(),
          "make sure that only one run uses this output.root, then run this command again");
    }
  }

  /** Returns a token unlike that of any other run. */
  public String token() {
    return holder.token();
  }

  private void beat() throws IOException {
    root.fileSystem().create(root.path(BEAT), true).close();
  }

  private void beatQuietly() {
    try {
      beat();
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot touch {}", root.path(BEAT), e);
    }
  }

  @Override
  public void close() {
    synchronized (HELD) {
      if (--uses > 0) {
        return;
      }
      HELD.remove(root.path().toString(), this);
    }
    release();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private synchronized void release() {
    if (released) {
      return;
    }
    released = true;
    heart.shutdownNow();
    try {
      String text = root.readText(root.path(FILE));
      if (text != null && text.equals(holder.toJson())) {
        root.fileSystem().delete(root.path(FILE), false);
        root.fileSystem().delete(root.path(BEAT), false);
        // A run that was refused leaves nothing behind.
        if (madeRoot && root.fileSystem().listStatus(root.path()).length == 0) {
          root.fileSystem().delete(root.path(), false);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot remove {}; it lapses by itself", root.path(FILE), e);
    }
  }
}
