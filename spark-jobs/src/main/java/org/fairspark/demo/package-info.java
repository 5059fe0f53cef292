/**
 * A procedural factory data set in MVTec AD layout, made on the spot.
 *
 * <p>Must not be used by any job but the demo and the tests.
 */
package org.fairspark.demo;
