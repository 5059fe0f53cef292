/**
 * High-frequency extractors (paper section 3.2 and 5.4): the network's input from a colour image.
 *
 * <p>Must not know the network, or how images were corrupted.
 */
package org.fairspark.frequency;
