/**
 * Trained models on disk: weights, the same network as ONNX, losses, calibration, checkpoints, and
 * the manifest that makes a folder a model.
 *
 * <p>Must not train or calibrate, and must not know the jobs that do. Nobody else reads or writes a
 * model's folder.
 *
 * <p>To add a file to a model: write it in {@link org.fairspark.store.model.ModelStore} before the
 * manifest, which names its SHA-256, and check that hash when it is read.
 */
package org.fairspark.store.model;
