/**
 * A small factory data set, computed by code alone, for a first demonstration: two products
 * photographed under slightly changing light, four kinds of defect each, exact masks, and a folder
 * of textures for the corruption of training images.
 *
 * <p>Pictures are height fields with colour and gloss ({@link org.fairspark.demo.Surface}) that
 * {@link org.fairspark.demo.Studio} lights and photographs. Every number comes from a seeded
 * generator through exactly specified arithmetic, so that a seed gives equal bytes on every
 * machine.
 *
 * <p>Must not know Spark or the jobs. To add a product: implement {@code Product}, and list it in
 * {@code DemoDataset.write}; {@code DemoDatasetTest} checks that its masks are exact.
 */
package org.fairspark.demo;
