/**
 * Readers of data-set layouts (MVTec AD, VisA, plain folder): from a root to a list of image files
 * with their labels and masks.
 *
 * <p>Must not decode pixels.
 */
package org.fairspark.dataset;
