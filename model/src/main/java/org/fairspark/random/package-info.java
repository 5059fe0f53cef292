/**
 * Random numbers that depend on a seed alone. An architecture test forbids every other generator.
 *
 * <p>Must not hold a global or shared generator. A new kind of draw is a method of {@link
 * org.fairspark.random.SeededRandom} that uses integer arithmetic or {@link StrictMath}; the
 * present methods must keep their numbers, by which prepared samples are made again.
 */
package org.fairspark.random;
