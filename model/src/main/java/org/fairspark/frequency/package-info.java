/**
 * High-frequency extractors (paper sections 3.2 and 5.4), which make the network's input from a
 * colour image, and the analysis of restorations by frequency (Figures 7 and 9).
 *
 * <p>Must not know the network, or how images were corrupted. JTransforms is called here and
 * nowhere else.
 *
 * <p>To add an extractor:
 *
 * <ol>
 *   <li>Write a record that implements {@link org.fairspark.frequency.FrequencyFilter}, if it is a
 *       transfer function (then {@code gain} is all there is to write), or {@link
 *       org.fairspark.frequency.HighFrequencyExtractor}; check the settings in its compact
 *       constructor, and name it in the interface's {@code permits}.
 *   <li>Give it a value of the setting {@code filter.kind}: {@code config.FilterConfig} in the jobs
 *       makes the record from the settings.
 *   <li>Compare it with golden arrays or with numbers computed by hand: {@code FrequencyFilterTest}
 *       tries every filter of its list against a naive transform.
 * </ol>
 */
package org.fairspark.frequency;
