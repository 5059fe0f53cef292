/**
 * RD4AD (Deng and Li, Anomaly Detection via Reverse Distillation from One-Class Embedding, CVPR
 * 2022): a student learns to restore a frozen teacher's features of normal images from one
 * embedding of them. The embedding holds little but what normal images need, and so the features of
 * a defect are not restored.
 *
 * <p>The teacher is a backbone; its layers, two or more, halve their height and width from one to
 * the next. {@link org.fairspark.detect.rd4ad.StudentNetwork} has the bottleneck (fusion of the
 * scales by strided convolutions, then residual blocks of half the size) and the student, stages of
 * residual blocks that double height and width by transposed convolutions. The loss is the sum over
 * scales of the mean over places of one minus the cosine of the angle between both vectors of
 * features (equations 1 and 2); gradients go through bottleneck and student alone, by Adam with
 * betas 0.5 and 0.999. The map is the sum over scales of the same distances, enlarged bilinearly
 * (equation 3), smoothed by a Gaussian of deviation 4; its maximum is the image's score.
 *
 * <p>The preset {@code methods/rd4ad.conf} has the paper's settings: 256 pixels, 200 epochs,
 * batches of 16, a learning rate of 0.005. PyTorch trains; scoring needs ONNX Runtime alone.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>Teacher and size: the paper's is WideResNet50 with layers of 256, 512 and 1024 channels,
 *       the student its mirror image. Here the teacher is the file that is given, and the student
 *       has {@code model.width} channels at the finest scale and twice as many at each coarser one,
 *       in two residual blocks of two convolutions for each scale (the paper's have three to six of
 *       three), brought to the teacher's channels by a convolution of one pixel: features of many
 *       teachers are negative too, which a ReLU never gives.
 *   <li>The loss is that of the paper's equations, place by place. The authors' code takes the
 *       cosine of each scale's whole map as one long vector.
 *   <li>The learning rate falls to a fifth after 80 % and again after 90 % of the epochs, as for
 *       all networks here unless {@code training.schedule} says otherwise; the paper's stays.
 *   <li>Maps are enlarged with half-pixel centres, where the authors' code aligns corners.
 *   <li>A few training images are kept from the network, and set the thresholds; the paper sets
 *       none.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.rd4ad;
