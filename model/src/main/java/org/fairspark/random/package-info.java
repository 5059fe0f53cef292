/**
 * Random numbers that depend on a seed alone.
 *
 * <p>Must not hold any global or shared generator.
 */
package org.fairspark.random;
