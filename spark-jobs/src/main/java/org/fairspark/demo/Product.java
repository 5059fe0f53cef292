package org.fairspark.demo;

import java.util.List;
import org.fairspark.random.SeededRandom;

/** A product that a factory makes and photographs: one category of the data set. */
interface Product {
  /** Returns the category's folder name. */
  String name();

  /** Returns the kinds of defect, which are folder names too. */
  List<String> defects();

  /** Makes the surface of a flawless part, at a random position under the camera. */
  Surface flawless(SeededRandom random);

  /**
   * Makes the surface of a part with a defect, whose samples are marked in {@link
   * Surface#defective}.
   *
   * @param defect one of {@link #defects}
   */
  Surface defective(SeededRandom random, String defect);

  /** Draws the lamps and the camera for one picture. */
  Studio studio(SeededRandom random);
}
