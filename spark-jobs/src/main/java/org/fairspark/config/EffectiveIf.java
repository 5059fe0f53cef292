package org.fairspark.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The condition under which a setting has an effect; without it a setting always has one. Settings
 * without effect do not count in {@link FairConfig#fingerprint}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface EffectiveIf {
  Condition value();
}
