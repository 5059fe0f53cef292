/**
 * The saved model: weights, what is needed to use them, and where they came from.
 *
 * <p>Must not execute anything that a model file says: a model is data.
 */
package org.fairspark.modelfile;
