/**
 * The paper's method at test time (section 3, figure 3): high-pass, restore, compare, score.
 *
 * <p>Deviations from the paper and its reference code:
 *
 * <ol>
 *   <li>Images that are restored at a time are filled up to one batch size, so that an image's map
 *       does not depend on which others are beside it.
 *   <li>Images larger than the network's size can be detected in as overlapping tiles, at their own
 *       resolution ({@link org.fairspark.detect.TiledDetector}); the paper only resizes.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.restoration;
