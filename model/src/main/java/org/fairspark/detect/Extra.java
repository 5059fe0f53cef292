package org.fairspark.detect;

import java.io.Serializable;

/**
 * The declaration of a value that a method gives beside map and score: a column of {@code maps/}.
 *
 * @param name the column's name
 * @param type what it holds
 */
public record Extra(String name, Type type) implements Serializable {
  /** The kind of an extra's values. */
  public enum Type {
    /** One number per image. */
    NUMBER,
    /** Several numbers per image. */
    NUMBERS
  }
}
