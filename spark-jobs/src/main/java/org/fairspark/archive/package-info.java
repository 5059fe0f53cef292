/**
 * Unlabelled images in trees of any size, and inside tar, zip and Hadoop sequence files: what there
 * is, one entry at a time, and the bytes of each.
 *
 * <p>Must not decode pixels, and must not hold a whole listing.
 */
package org.fairspark.archive;
