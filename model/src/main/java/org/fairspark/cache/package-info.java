/**
 * The one way to keep a value in static state: {@link org.fairspark.cache.ProcessCache}. On a
 * cluster a process is an executor or the driver, so that a cache is what the tasks of an executor
 * share.
 *
 * <p>To keep something between tasks, make a {@code private static final} cache in the class that
 * makes the values, with a record of its own for keys and a limit. Working memory that only one
 * thread uses is a {@code ThreadLocal} instead.
 *
 * <p>Must not know what is kept.
 */
package org.fairspark.cache;
