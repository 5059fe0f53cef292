/**
 * Images and how they are read, resized and turned gray.
 *
 * <p>Must not know what an image is used for: no filters, no corruption, no labels.
 */
package org.fairspark.image;
