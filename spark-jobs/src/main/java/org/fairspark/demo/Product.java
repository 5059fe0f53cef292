package org.fairspark.demo;

import java.util.List;
import org.fairspark.random.SeededRandom;

/** Something a factory makes and photographs: one category of the data set. */
interface Product {
  /** The category's folder name. */
  String name();

  /** Its kinds of defect, which are folder names too. */
  List<String> defects();

  /** The surface of a flawless part, as it happens to lie under the camera. */
  Surface flawless(SeededRandom random);

  /**
   * The surface of a part with a defect, its samples marked in {@link Surface#defective}.
   *
   * @param defect one of {@link #defects}
   */
  Surface defective(SeededRandom random, String defect);

  /** Lamps and camera for one picture. */
  Studio studio(SeededRandom random);
}
