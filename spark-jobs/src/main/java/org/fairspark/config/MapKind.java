package org.fairspark.config;

/** What an anomaly map is made from. */
public enum MapKind {
  /** How much image and restoration differ (paper section 3.4). */
  DIFFERENCE,
  /** A second network that sees both (the paper's "Dis" in Table 11). */
  DISCRIMINATIVE
}
