/**
 * Synthesized anomalies (paper section 3.1): Perlin-shaped textures, CutPaste and what else makes a
 * training sample.
 *
 * <p>Must not draw from anything but the {@link org.fairspark.random.SeededRandom} it is given.
 */
package org.fairspark.corruption;
