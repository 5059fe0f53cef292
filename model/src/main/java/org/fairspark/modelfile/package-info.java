/**
 * The file of a network: weights with the network's spec and metadata, in the safetensors format.
 *
 * <p>Must not execute anything that a file says: a model is data. Must not know folders or stores,
 * only streams.
 *
 * <p>To store one more tensor or property: write it in {@code NetworkFile} under a name of its own,
 * and read it with a default, because files of earlier versions lack it; {@code NetworkFileTest}
 * reads back what it writes. Another kind of model has its own file class on {@link
 * org.fairspark.modelfile.SafeTensors}.
 */
package org.fairspark.modelfile;
