package org.fairspark.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.fairspark.detect.Methods;

/** Marks text that is the name of one of the {@link Methods}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface MethodName {
  /** Returns one more allowed word; empty for none. */
  String or() default "";
}
