/**
 * Data sets: from a root and a layout to images with category, split, kind of defect and masks.
 *
 * <p>{@link org.fairspark.dataset.ImageEntry} is the row of a table of images; every layout is a
 * lister of such rows. {@link org.fairspark.dataset.ManifestWriter} writes them as CSV, {@link
 * org.fairspark.dataset.ManifestLayout} reads such a table, its own or a user's. Where a table
 * leaves something open:
 *
 * <ul>
 *   <li>without a column {@code category} all images are one category, named after the data root;
 *   <li>an image is normal if its label or defect says so, if there is neither column, if it has a
 *       split for normal images only, or if its defect is empty and there is no column {@code
 *       label}; with a mask and no word it is anomalous; a test image that nothing speaks of is
 *       left out, and {@code score} scores it;
 *   <li>an anomalous image without a split is a test image, and so is all of its group;
 *   <li>a normal image without a split takes that of its group; else it is a test image if its
 *       category has training images, a training image if it has normal test images, and {@link
 *       org.fairspark.dataset.HashSplit} decides if it has neither;
 *   <li>in a folder of tables the names of its files ({@code train...}, {@code calibration...},
 *       {@code validation...}, {@code test...}) stand for an empty split of normal images.
 * </ul>
 *
 * <p>To add a layout: give it a name in {@link org.fairspark.config.DataLayout} and a line in
 * {@code fair-defaults.conf}, implement {@link org.fairspark.dataset.Layout} beside {@link
 * org.fairspark.dataset.MvtecLayout}, and list it in {@link org.fairspark.dataset.Layout#of}; the
 * compiler then asks for the meaning of its masks in {@code job.prepare.MaskCoding}. {@code
 * LayoutsTest} shows trees as lists of names.
 *
 * <p>Files below the root = images + masks + tables + files left out with a reason ({@link
 * org.fairspark.dataset.FileAccount}). A layout says why it leaves an image file out ({@link
 * org.fairspark.dataset.Placement.Builder#leave}); one that it says nothing of counts as outside
 * the layout.
 *
 * <p>Must not decode images.
 */
package org.fairspark.dataset;
