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
          of("PAM", Set.of("pam"), "P7\n"),
          of("PFM", Set.of("pfm"), "PF\n", "Pf\n"),
          of("JPEG 2000", Set.of("jp2", "j2k", "j2c", "jpx"), "\0\0\0\u000cjP  ", "\u00ffO\u00ffQ"),
          of("JPEG-LS", Set.of("jls")),
          of("JPEG XL", Set.of("jxl"), "\0\0\0\u000cJXL ", "\u00ff\n"),
          of("JPEG XR", Set.of("jxr"), "II\u00bc\u0001"),
          of("PSD", Set.of(), "8BPS"),
          of("OpenEXR", Set.of(), "v/1\u0001"),
          of("HEIF or AVIF", Set.of("heic", "heif", "avif"), "????ftyp????"));

  private static UnreadFormat of(String name, Set<String> suffixes, String... signatures) {
    return new UnreadFormat(
        name, suffixes, List.of(signatures).stream().map(Signature::new).toList());
  }
}
