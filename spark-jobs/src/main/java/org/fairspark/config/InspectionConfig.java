package org.fairspark.config;

import java.util.Optional;

/**
 * {@code inspection.*}: what of an image counts.
 *
 * @param regions JSON file of the regions by category; empty for the whole image
 * @param border share of the shorter side along every edge that is not inspected
 * @param smallestArea least pixels of a region of the map
 * @param hysteresis share of the pixel threshold above which pixels belong to a region that
 *     somewhere exceeds the threshold
 */
public record InspectionConfig(
    @Absent("none") Optional<String> regions, double border, int smallestArea, double hysteresis) {

  public InspectionConfig {
    regions = Locations.expanded("inspection.regions", regions);
    new Checks()
        .require(
            border >= 0 && border < 0.5,
            "inspection.border",
            Checks.number(border),
            "must be a number from 0 up to but not 0.5")
        .atLeast("inspection.smallest-area", smallestArea, 1)
        .require(
            hysteresis > 0 && hysteresis <= 1,
            "inspection.hysteresis",
            Checks.number(hysteresis),
            "must be a number above 0 and up to 1")
        .done();
  }
}
