/**
 * InTra (Pirnay and Chai, Inpainting Transformer for Anomaly Detection, ICIAP 2022): a transformer
 * learns to paint in covered patches of normal images from the patches around; what it paints in
 * over a defect is normal, and differs from it.
 *
 * <p>An image is a grid of square patches x ({@link org.fairspark.detect.intra.PatchGrid}). The
 * network sees a window of 7 x 7 of them, of which one is covered: {@code z = E x + p} for a patch
 * that it sees, {@code z = t + p} for the covered one, with a matrix E, an embedding p of the
 * position in the whole image and an embedding t of what is covered, all learnt. Blocks follow,
 * each {@code z' = z + MFSA(LN(z))}, {@code z = z' + MLP(LN(z'))}; MFSA is self-attention of
 * several heads, {@code softmax(q k^T / sqrt d) v}, whose queries q and keys k are made by a
 * network with a hidden layer and GELU. Late blocks also take the output of early ones. The mean
 * over the window's patches, brought to a patch's pixels by a linear map, is what is painted in.
 * The loss is {@code L2 + 0.01 (1 - GMS) + 0.01 (1 - SSIM)} ({@link
 * org.fairspark.detect.intra.PatchLoss}).
 *
 * <p>To detect, every patch is covered once, in the window that has it nearest to its middle. With
 * d the {@code 1 - MSGMS} of an image and what was painted in, at full, half and quarter size and
 * smoothed, and m the mean of d over the training images (128 of them, evenly chosen, where there
 * are more), the map is {@code |d - m|} and its maximum the image's score. The network's file has
 * m, before smoothing, as the array {@code normal.offset}.
 *
 * <p>{@link org.fairspark.detect.intra.InpaintingTransformer} is the network. A sample is an image,
 * of which 16 windows are drawn anew in every epoch, from the run's seed, the image and the epoch.
 * PyTorch trains; scoring needs ONNX Runtime alone. The preset is {@code methods/intra.conf}.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>Four blocks of {@code 4 model.width} numbers in four heads, with twice as many between the
 *       two linear maps of a block's MLP, for a processor to train; the paper has 13 blocks of 512
 *       numbers and eight heads. The last block takes the first one's output too.
 *   <li>Patches have 16 pixels, as the paper's, only in images of 256 pixels or more, else 8. An
 *       image of fewer patches than the window is one window.
 *   <li>A patch's embedding also has a learnt one of where the patch lies from the covered one.
 *       Without, 1200 steps of 32 windows on MVTec AD's grid at 128 pixels end at a loss of 0.039,
 *       hardly below that of a mean gray; with it 600 steps end at 0.025.
 *   <li>16 windows of each image in an epoch; the paper draws 600.
 *   <li>Queries and keys share the hidden layer.
 *   <li>GMS in the loss is of full size alone and leaves out a patch's outermost pixels, where
 *       there are no gradients. SSIM is of squares of 11 pixels (7 in patches of 8), each pixel of
 *       one weight, that lie within a patch.
 *   <li>The map is the root of the paper's {@code (d - m)^2}: in the same order, and small ones
 *       keep apart in single precision.
 *   <li>Steps are Adam's of PyTorch with the learning rate falling to a fifth after 80 % and again
 *       after 90 % of the epochs; the paper's stays, and stops early by the loss on some of the
 *       images.
 *   <li>One size of images; the paper chooses among 256, 320 and 512 pixels by category.
 *   <li>A few training images are kept from the network, and set the thresholds; the paper sets
 *       none.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.intra;
