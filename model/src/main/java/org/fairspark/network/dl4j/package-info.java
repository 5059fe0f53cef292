/**
 * Networks in Deeplearning4j: the engine that trains, and restores where no other can. The graph is
 * made of our own layers, each in two implementations: by oneDNN's primitives, called directly, and
 * by ND4J's operations, for other backends.
 *
 * <p>Must not know another engine.
 */
package org.fairspark.network.dl4j;
