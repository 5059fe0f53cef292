/**
 * How fast the kernels are, measured by JMH; not run by the tests.
 *
 * <p>{@code mvn -pl model test-compile exec:exec -Dbenchmark=Filter} runs those whose name fits the
 * regular expression, all of them without it. Every benchmark is one thread and states its size as
 * a parameter, so that times are per image and core.
 *
 * <p>{@code PeerComparison} measures beside Python programs in turns, {@code MemoryPeak} what
 * networks take; with {@code -Dbenchmark.main}.
 */
package org.fairspark.benchmark;
