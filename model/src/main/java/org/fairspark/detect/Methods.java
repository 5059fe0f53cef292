package org.fairspark.detect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The registry of methods: all that are named in {@code META-INF/services/} on the class path,
 * found once.
 */
public final class Methods {
  private static final Map<String, Method> BY_NAME = load();

  private Methods() {}

  private static Map<String, Method> load() {
    Map<String, Method> methods = new LinkedHashMap<>();
    // Where this class is, for an executor's thread may have another context class loader.
    for (Method method : ServiceLoader.load(Method.class, Methods.class.getClassLoader())) {
      Method other = methods.put(method.name(), method);
      if (other != null) {
        throw new IllegalStateException(
            "two methods have the name %s: %s and %s"
                .formatted(method.name(), other.getClass(), method.getClass()));
      }
    }
    return methods;
  }

  /** Returns the names of all methods, in the order of the class path. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Finds a method.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Method of(String name) {
    Method method = BY_NAME.get(name);
    if (method == null) {
      throw new IllegalArgumentException(
          "there is no method %s; there are %s"
              .formatted(name, String.join(", ", BY_NAME.keySet())));
    }
    return method;
  }
}
