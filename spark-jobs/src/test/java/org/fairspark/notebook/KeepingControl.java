package org.fairspark.notebook;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;

/**
 * An execution control that runs snippets in this JVM and keeps the last value itself, which JShell
 * would hand out as text only. Snippets and the notebook's class path live in one class loader of
 * their own, which is the thread's context loader, as in the Jupyter kernels.
 */
final class KeepingControl extends DirectExecutionControl {
  private Object last;

  KeepingControl() {
    super(new SnippetLoader());
  }

  /** Returns the value of the snippet that ran last. */
  Object last() {
    return last;
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    last = null;
    last = snippet.invoke(null);
    return valueString(last);
  }

  private static final class SnippetLoader extends URLClassLoader implements LoaderDelegate {
    private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();

    SnippetLoader() {
      super(new URL[0], SnippetLoader.class.getClassLoader());
      Thread.currentThread().setContextClassLoader(this);
    }

    @Override
    public void load(ExecutionControl.ClassBytecodes[] classes)
        throws ExecutionControl.ClassInstallException {
      classesRedefined(classes);
      boolean[] installed = new boolean[classes.length];
      for (int i = 0; i < classes.length; i++) {
        try {
          loadClass(classes[i].name());
        } catch (ClassNotFoundException e) {
          throw new ExecutionControl.ClassInstallException(e.toString(), installed);
        }
        installed[i] = true;
      }
    }

    @Override
    public void classesRedefined(ExecutionControl.ClassBytecodes[] classes) {
      for (ExecutionControl.ClassBytecodes c : classes) {
        classFiles.put(c.name(), c.bytecodes());
      }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] classFile = classFiles.get(name);
      return classFile == null
          ? super.findClass(name)
          : defineClass(name, classFile, 0, classFile.length);
    }

    @Override
    public void addToClasspath(String path) throws ExecutionControl.InternalException {
      for (String entry : path.split(File.pathSeparator, -1)) {
        try {
          addURL(Path.of(entry).toUri().toURL());
        } catch (MalformedURLException e) {
          throw new ExecutionControl.InternalException(entry + ": " + e.getMessage());
        }
      }
    }
  }
}
