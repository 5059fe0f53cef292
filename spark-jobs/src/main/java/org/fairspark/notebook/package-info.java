/**
 * Charts and pictures for notebooks, as {@link java.awt.image.BufferedImage}, which every Jupyter
 * kernel for Java shows.
 *
 * <p>Must not be used by any job, and must not read files: a notebook reads the tables and {@code
 * metrics/} with Spark SQL and hands rows and arrays over.
 */
package org.fairspark.notebook;
