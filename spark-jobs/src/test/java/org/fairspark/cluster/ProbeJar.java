package org.fairspark.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** An application jar of a few classes, for jobs that try a cluster before the real ones do. */
public final class ProbeJar {
  private ProbeJar() {}

  /** Returns all classes that lie beside one, itself among them and nested ones left out. */
  static List<Class<?>> besides(Class<?> one) {
    Path place = Path.of(location(one));
    if (Files.isDirectory(place)) {
      return classesIn(place, one);
    }
    // Built, they lie in a jar.
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return classesIn(jar.getPath("/"), one);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + place, e);
    }
  }

  private static URI location(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot tell where " + type.getName() + " lies", e);
    }
  }

  private static List<Class<?>> classesIn(Path root, Class<?> one) {
    Path folder = root.resolve(one.getPackageName().replace('.', '/'));
    try (Stream<Path> files = Files.list(folder)) {
      List<Class<?>> classes = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.contains("$") && !name.startsWith("package-info")) {
          String simple = name.substring(0, name.length() - ".class".length());
          // Not linked: some refer to libraries that only other builds hold.
          classes.add(
              Class.forName(one.getPackageName() + "." + simple, false, one.getClassLoader()));
        }
      }
      return classes;
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("Cannot list the classes beside " + one.getName(), e);
    }
  }

  /** Packs the classes, and those nested in them, into FOLDER/probe.jar. */
  static Path of(Path folder, List<Class<?>> classes) {
    return of(folder, classes.toArray(Class<?>[]::new));
  }

  /** Packs the classes, and those nested in them, into FOLDER/probe.jar. */
  public static Path of(Path folder, Class<?>... classes) {
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
