/**
 * The restoration network, its loss and its training step (paper sections 3.3 and 4.3), on
 * Deeplearning4j.
 *
 * <p>Must not read files or know data sets; batches come in and go out as arrays.
 */
package org.fairspark.network;
