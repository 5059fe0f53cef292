/**
 * Training: the steps of each method, and the parameter averaging that networks are trained by:
 * blocks of samples on the cluster, rounds as Spark jobs, networks in executors.
 *
 * <p>To add the training of one more method:
 *
 * <ol>
 *   <li>Make a package {@code job.train.NAME} with a {@link org.fairspark.job.train.TrainingStep}
 *       for each pass over the training images. A network is trained by {@link
 *       org.fairspark.job.train.CategoryTraining} from a {@link
 *       org.fairspark.job.train.TrainingSpec}; something that is learnt otherwise is the step's own
 *       Spark job. A network that is no U-Net is trained the same way, by PyTorch: the step's
 *       {@code TrainingSpec} has samples in the form that the network takes (its inputs one after
 *       the other as float32, then its targets), made in the tasks that begin the training, and
 *       says why no thresholds are set yet; {@link org.fairspark.job.train.CalibrationStep}
 *       follows.
 *   <li>Implement {@link org.fairspark.job.train.MethodTraining} and name the class in {@code
 *       META-INF/services/org.fairspark.job.train.MethodTraining}. The packages below this one are
 *       trainings to copy. A method of several networks ends with {@link
 *       org.fairspark.job.train.CalibrationStep}, which sets the thresholds of all of them.
 * </ol>
 *
 * <p>Must not hold what a worker computes: that is {@code org.fairspark.training} of the model
 * module. Must not know any method but the restoration.
 */
package org.fairspark.job.train;
