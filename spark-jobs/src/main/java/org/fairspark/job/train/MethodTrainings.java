package org.fairspark.job.train;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.fairspark.detect.Method;

/** The trainings of all methods that are named in {@code META-INF/services/} on the class path. */
public final class MethodTrainings {
  private static final Map<String, MethodTraining> BY_METHOD = load();

  private MethodTrainings() {}

  private static Map<String, MethodTraining> load() {
    Map<String, MethodTraining> trainings = new HashMap<>();
    ServiceLoader.load(MethodTraining.class, MethodTrainings.class.getClassLoader())
        .forEach(training -> trainings.put(training.method(), training));
    return trainings;
  }

  /**
   * Finds a method's training.
   *
   * @throws IllegalStateException if the method has none
   */
  public static MethodTraining of(Method method) {
    MethodTraining training = BY_METHOD.get(method.name());
    if (training == null) {
      throw new IllegalStateException(
          "nothing in META-INF/services/%s trains the method %s"
              .formatted(MethodTraining.class.getName(), method.name()));
    }
    return training;
  }
}
