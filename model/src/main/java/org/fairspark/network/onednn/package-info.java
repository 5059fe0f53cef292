/**
 * Networks in oneDNN without a graph around them: restoring only, on processors with AVX-512.
 *
 * <p>Must not know another engine.
 */
package org.fairspark.network.onednn;
