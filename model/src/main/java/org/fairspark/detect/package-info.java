/**
 * The method at test time as a whole (paper section 3, figure 3): high-pass, restore, compare,
 * score.
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect;
