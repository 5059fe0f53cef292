package org.fairspark.image.codec;

import java.util.List;
import java.util.Set;

/**
 * An image file format that is recognized but not decoded, so that its files are refused by name
 * instead of being passed over or called no image.
 *
 * @param name as messages say it
 * @param suffixes of its file names, in lower case, without the dot
 * @param signatures how its files begin; empty where the first bytes are too few to tell
 */
record UnreadFormat(String name, Set<String> suffixes, List<Signature> signatures) {
  static final List<UnreadFormat> ALL =
      List.of(
          of("GIF", Set.of("gif"), "GIF8"),
          of("WebP", Set.of("webp"), "RIFF????WEBP"),
          of("PNM", Set.of("pgm", "ppm", "pnm")),
          of("JPEG 2000", Set.of(), "\0\0\0\u000cjP  ", "\u00ffO\u00ffQ"),
          of("PSD", Set.of(), "8BPS"),
          of("HEIF or AVIF", Set.of(), "????ftyp????"));

  private static UnreadFormat of(String name, Set<String> suffixes, String... signatures) {
    return new UnreadFormat(
        name, suffixes, List.of(signatures).stream().map(Signature::new).toList());
  }
}
