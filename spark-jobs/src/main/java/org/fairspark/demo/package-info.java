/**
 * A small factory data set made of code alone, for the first minutes with the product: two products
 * photographed under slightly changing light, four kinds of defect each, exact masks, and a folder
 * of textures to corrupt training images with.
 *
 * <p>Pictures are height fields with colour and gloss ({@link org.fairspark.demo.Surface}) that
 * {@link org.fairspark.demo.Studio} lights and photographs. Every number comes from a seeded
 * generator through exactly specified arithmetic, so a seed gives the same bytes on every machine.
 */
package org.fairspark.demo;
