/**
 * The training of methods that fit something on a backbone's features: images to features on any
 * number of tasks, features to parts, parts to the model, always in the same order.
 *
 * <p>To add a method of this kind: implement {@link org.fairspark.job.train.features.FeatureFit} in
 * a package of its own beside {@code job.train.patchcore}.
 *
 * <p>Must not know any one method.
 */
package org.fairspark.job.train.features;
