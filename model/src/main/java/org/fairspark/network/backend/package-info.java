/**
 * The base that all engines share: the native libraries, their threads and devices, memory outside
 * of the heap, and oneDNN's primitives.
 *
 * <p>Must not know an engine, nor the layers of a network.
 */
package org.fairspark.network.backend;
