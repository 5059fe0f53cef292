package org.fairspark.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A check of what the JVM checks when it links a class, for all classes of a program at once: each
 * class, method and field that they refer to is there, interfaces are interfaces, and a class that
 * is not abstract has all methods of its supertypes.
 */
final class Linker implements AutoCloseable {
  // Tags of constants in a class file, JVMS 4.4.
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;

  private final List<JarFile> jars = new ArrayList<>();
  private final Map<String, Optional<ClassFile>> found = new HashMap<>();
  private final Set<String> references = new TreeSet<>();
  private final Set<String> problems = new TreeSet<>();

  /**
   * Makes a linker.
   *
   * @param jars where classes that the JDK lacks are looked for; of two the first one wins
   * @throws IOException if one cannot be opened
   */
  Linker(List<Path> jars) throws IOException {
    for (Path jar : jars) {
      this.jars.add(new JarFile(jar.toFile()));
    }
  }

  /**
   * Links classes of the jars.
   *
   * @param prefix how the names of these classes begin, for example {@code org/example/}
   * @return a line for each reference that fails, sorted
   */
  Set<String> link(String prefix) throws IOException {
    for (JarFile jar : jars) {
      for (JarEntry entry : jar.stream().filter(e -> isClass(e, prefix)).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          ClassReader reader = new ClassReader(in);
          refer(reader, prefix);
          inherit(ClassFile.of(reader));
        }
      }
    }
    return problems;
  }

  /** Returns what was looked up outside of the linked classes and of the JDK. */
  Set<String> references() {
    return references;
  }

  @Override
  public void close() throws IOException {
    for (JarFile jar : jars) {
      jar.close();
    }
  }

  private static boolean isClass(JarEntry entry, String prefix) {
    return entry.getName().startsWith(prefix) && entry.getName().endsWith(".class");
  }

  private void refer(ClassReader reader, String prefix) {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int at = reader.getItem(i);
      switch (at == 0 ? 0 : reader.readByte(at - 1)) {
        case CLASS -> {
          String type = elementType(reader.readUTF8(at, buffer));
          if (!type.isEmpty() && !type.startsWith(prefix) && !isOfJdk(type)) {
            references.add(type);
            if (find(type).isEmpty()) {
              problems.add(reader.getClassName() + " refers to a class that is not there: " + type);
            }
          }
        }
        case FIELD -> member(reader, at, buffer, prefix, false);
        case METHOD, INTERFACE_METHOD -> member(reader, at, buffer, prefix, true);
        default -> {
          // No reference to a class.
        }
      }
    }
  }

  private void member(ClassReader reader, int at, char[] buffer, String prefix, boolean isMethod) {
    String owner = reader.readClass(at, buffer);
    if (owner.startsWith("[") || isOfJdk(owner) || find(owner).isEmpty()) {
      return;
    }
    ClassFile declared = find(owner).get();
    int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
    String member =
        reader.readUTF8(nameAndType, buffer) + " " + reader.readUTF8(nameAndType + 2, buffer);
    String reference = owner + "." + member;
    if (!owner.startsWith(prefix)) {
      references.add(reference);
    }
    if (lineage(declared).stream().noneMatch(type -> type.members(isMethod).contains(member))) {
      problems.add(reader.getClassName() + " refers to what is not there: " + reference);
    }
    if (isMethod && declared.isInterface() != (reader.readByte(at - 1) == INTERFACE_METHOD)) {
      problems.add(reader.getClassName() + " takes for the other, class or interface: " + owner);
    }
  }

  private void inherit(ClassFile type) {
    if (type.isAbstract()) {
      return;
    }
    Set<String> wanted = new TreeSet<>();
    Set<String> implemented = new TreeSet<>();
    for (ClassFile each : lineage(type)) {
      wanted.addAll(each.abstractMethods());
      each.methods().stream()
          .filter(method -> !each.abstractMethods().contains(method))
          .forEach(implemented::add);
    }
    wanted.removeAll(implemented);
    wanted.forEach(method -> problems.add(type.name() + " does not implement " + method));
  }

  /** Returns a class and all its supertypes that are found. */
  private List<ClassFile> lineage(ClassFile type) {
    List<ClassFile> all = new ArrayList<>();
    all.add(type);
    for (String supertype : type.supertypes()) {
      find(supertype).ifPresent(found -> all.addAll(lineage(found)));
    }
    return all;
  }

  private Optional<ClassFile> find(String name) {
    Optional<ClassFile> file = found.get(name);
    if (file == null) {
      try (InputStream in = open(name + ".class")) {
        file = in == null ? Optional.empty() : Optional.of(ClassFile.of(new ClassReader(in)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
      found.put(name, file);
    }
    return file;
  }

  private InputStream open(String file) throws IOException {
    for (JarFile jar : jars) {
      JarEntry entry = jar.getJarEntry(file);
      if (entry != null) {
        return jar.getInputStream(entry);
      }
    }
    return ClassLoader.getPlatformClassLoader().getResourceAsStream(file);
  }

  private static boolean isOfJdk(String type) {
    return ClassLoader.getPlatformClassLoader().getResource(type + ".class") != null;
  }

  /** Returns the internal name of a class or of an array's elements; nothing for primitive ones. */
  private static String elementType(String constant) {
    String element = constant.replaceFirst("^\\[+", "");
    if (element.length() == constant.length()) {
      return element;
    }
    return element.startsWith("L") ? element.substring(1, element.length() - 1) : "";
  }

  /** A class as others see it; a member is its name, a space and its descriptor. */
  private record ClassFile(
      String name,
      int access,
      List<String> supertypes,
      Set<String> fields,
      Set<String> methods,
      Set<String> abstractMethods) {
    static ClassFile of(ClassReader reader) {
      List<String> supertypes = new ArrayList<>(List.of(reader.getInterfaces()));
      if (reader.getSuperName() != null) {
        supertypes.add(reader.getSuperName());
      }
      ClassFile file =
          new ClassFile(
              reader.getClassName(),
              reader.getAccess(),
              supertypes,
              new TreeSet<>(),
              new TreeSet<>(),
              new TreeSet<>());
      reader.accept(
          file.new Members(),
          ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return file;
    }

    boolean isInterface() {
      return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isAbstract() {
      return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    Set<String> members(boolean isMethod) {
      return isMethod ? methods : fields;
    }

    private final class Members extends ClassVisitor {
      Members() {
        super(Opcodes.ASM9);
      }

      @Override
      public FieldVisitor visitField(
          int flags, String field, String descriptor, String signature, Object value) {
        fields.add(field + " " + descriptor);
        return null;
      }

      @Override
      public MethodVisitor visitMethod(
          int flags, String method, String descriptor, String signature, String[] exceptions) {
        methods.add(method + " " + descriptor);
        if ((flags & Opcodes.ACC_ABSTRACT) != 0) {
          abstractMethods.add(method + " " + descriptor);
        }
        return null;
      }
    }
  }
}
