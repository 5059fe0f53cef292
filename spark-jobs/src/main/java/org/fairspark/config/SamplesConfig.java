package org.fairspark.config;

import java.io.Serializable;
import java.util.Objects;

/**
 * {@code samples.*}: how {@code samples/} is written.
 *
 * @param precision of the inputs
 */
public record SamplesConfig(@EffectiveIf(Condition.SAMPLES_ARE_ROUNDED) Precision precision)
    implements Serializable {
  /** The precision of numbers in a table. */
  public enum Precision {
    /** As they are. */
    FLOAT32,
    /** Rounded to 11 binary digits. */
    FLOAT16
  }

  public SamplesConfig {
    Objects.requireNonNull(precision, "precision");
  }
}
