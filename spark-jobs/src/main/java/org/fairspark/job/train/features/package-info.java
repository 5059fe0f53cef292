/**
 * The training of methods that fit something on a backbone's features: images to features on any
 * number of tasks, features to parts, parts to the model, always in the same order; and of networks
 * that learn from features, by parameter averaging.
 *
 * <p>To add a method of this kind: implement {@link org.fairspark.job.train.features.FeatureFit} in
 * a package of its own beside {@code job.train.patchcore}. One that trains a network on the
 * features implements {@link org.fairspark.detect.FeatureNetworkMethod}, and its training begins
 * with {@link org.fairspark.job.train.features.FeatureNetworkTraining}, as that of {@code
 * job.train.rd4ad}.
 *
 * <p>Must not know any one method.
 */
package org.fairspark.job.train.features;
