/**
 * The training of methods whose network learns from patches of clean images: samples made in tasks
 * from {@code images/}, parameter averaging, then one look at the normal images, after which arrays
 * that are not learnt are set; then the thresholds.
 *
 * <p>To add a method of this kind: implement {@link org.fairspark.detect.PatchMethod}, and extend
 * {@link org.fairspark.job.train.patches.PatchTraining} in a package of its own beside {@code
 * job.train.cutpaste}.
 *
 * <p>Must not know any one method.
 */
package org.fairspark.job.train.patches;
