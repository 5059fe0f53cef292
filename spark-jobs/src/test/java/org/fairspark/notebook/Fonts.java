package org.fairspark.notebook;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.awt.font.FontRenderContext;

/** Charts need fonts, which a machine with nothing but a JDK may not have. */
final class Fonts {
  private Fonts() {}

  static void assume() {
    boolean there;
    try {
      there =
          new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                  .getStringBounds("x", new FontRenderContext(null, true, true))
                  .getWidth()
              > 0;
    } catch (RuntimeException | LinkageError e) {
      there = false;
    }
    assumeTrue(there, "there are no fonts here (fontconfig): charts and captions are not tested");
  }
}
