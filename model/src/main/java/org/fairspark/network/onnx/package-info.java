/**
 * Networks as ONNX files, and ONNX Runtime, which restores with them.
 *
 * <p>Must not know another engine.
 */
package org.fairspark.network.onnx;
