/**
 * Data sets: from a root and a layout to images with category, split, kind of defect and mask.
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
