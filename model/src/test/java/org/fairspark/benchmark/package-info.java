/**
 * Benchmarks of the kernels by JMH; not run by the tests.
 *
 * <p>{@code mvn -pl model test-compile exec:exec -Dbenchmark=Filter} runs those whose name matches
 * the regular expression, and without it all. Every benchmark runs in one thread and has its size
 * as a parameter, so that times are per image and core.
 *
 * <p>With {@code -Dbenchmark.main}, {@code PeerComparison} measures in turns with Python programs,
 * {@code EngineComparison} the engines that train, {@code JpegComparison} JPEGs decoded at the
 * scale that is needed, and {@code MemoryPeak} the memory of networks.
 */
package org.fairspark.benchmark;
