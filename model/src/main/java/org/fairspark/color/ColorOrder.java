package org.fairspark.color;

/** The channels that the CIELAB conversion takes for red and blue. */
public enum ColorOrder {
  /** The first channel is red (paper, equation 9). */
  RGB,
  /** Red and blue swapped, as in the reference code that the published numbers come from. */
  REFERENCE_BGR
}
