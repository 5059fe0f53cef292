package org.fairspark.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** An application jar of a few classes, for jobs that try a cluster before the real ones do. */
final class ProbeJar {
  private ProbeJar() {}

  /** Packs the classes, and those nested in them, into FOLDER/probe.jar. */
  static Path of(Path folder, Class<?>... classes) {
    Path jar = folder.resolve("probe.jar");
    try {
      Files.createDirectories(folder);
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out)) {
        for (Class<?> type : classes) {
          add(entries, type);
          for (Class<?> nested : type.getDeclaredClasses()) {
            add(entries, nested);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + jar, e);
    }
    return jar;
  }

  private static void add(JarOutputStream jar, Class<?> type) throws IOException {
    String path = type.getName().replace('.', '/') + ".class";
    jar.putNextEntry(new JarEntry(path));
    try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("No class file for " + type.getName());
      }
      in.transferTo(jar);
    }
    jar.closeEntry();
  }
}
