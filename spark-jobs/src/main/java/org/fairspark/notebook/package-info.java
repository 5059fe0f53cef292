/**
 * Charts and pictures for notebooks, as {@link java.awt.image.BufferedImage}, which every Jupyter
 * kernel for Java shows.
 *
 * <p>Must not be used by any job.
 */
package org.fairspark.notebook;
