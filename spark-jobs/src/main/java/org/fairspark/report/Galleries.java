package org.fairspark.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairspark.report.ReportModel.EvaluatedCategory;
import org.fairspark.report.Specimen.Role;
import org.fairspark.report.Specimen.View;

/** The galleries of all categories, made to fit a page together. */
final class Galleries {
  private final List<EvaluatedCategory> categories;
  private final List<List<Specimen>> shown;

  /** Each picture as the page holds it; pictures are told apart by identity. */
  private final Map<byte[], byte[]> encoded;

  private Galleries(
      List<EvaluatedCategory> categories, List<List<Specimen>> shown, Map<byte[], byte[]> encoded) {
    this.categories = categories;
    this.shown = shown;
    this.encoded = encoded;
  }

  /**
   * Chooses how large the pictures may be, and drops specimens where even the smallest are too
   * many.
   *
   * @param budget bytes that all pictures may take, before base64
   */
  static Galleries of(List<EvaluatedCategory> categories, long budget) {
    List<List<Specimen>> shown = new ArrayList<>();
    categories.forEach(c -> shown.add(c.gallery()));
    Optional<Thumbnails> step = Thumbnails.fitting(pictures(shown), budget);
    while (step.isEmpty() && halve(shown)) {
      step = Thumbnails.fitting(pictures(shown), budget);
    }
    Map<byte[], byte[]> encoded = encode(pictures(shown), step.orElse(Thumbnails.SMALLEST));
    // The step was chosen by a sample of pictures: the rest may be larger.
    while (size(shown, encoded) > budget * 1.1 && halve(shown)) {
      // Drops specimens until the rest fits.
    }
    return new Galleries(categories, shown, encoded);
  }

  private static List<byte[]> pictures(List<List<Specimen>> galleries) {
    return galleries.stream()
        .flatMap(List::stream)
        .flatMap(s -> Stream.of(View.values()).map(s.views()::get))
        .filter(p -> p != null)
        .toList();
  }

  private static Map<byte[], byte[]> encode(List<byte[]> pictures, Thumbnails step) {
    IdentityHashMap<byte[], byte[]> encoded = new IdentityHashMap<>();
    pictures.forEach(p -> encoded.put(p, p));
    List<byte[]> distinct = List.copyOf(encoded.keySet());
    List<byte[]> small = distinct.parallelStream().map(step::shrink).toList();
    for (int i = 0; i < distinct.size(); i++) {
      encoded.put(distinct.get(i), small.get(i));
    }
    return encoded;
  }

  private static long size(List<List<Specimen>> galleries, Map<byte[], byte[]> encoded) {
    return pictures(galleries).stream().mapToLong(p -> encoded.get(p).length).sum();
  }

  /** Halves every gallery, and returns whether that made any smaller. */
  private static boolean halve(List<List<Specimen>> galleries) {
    int before = galleries.stream().mapToInt(List::size).sum();
    galleries.replaceAll(Galleries::halved);
    return galleries.stream().mapToInt(List::size).sum() < before;
  }

  /** Returns every other specimen of each role, the first always. */
  private static List<Specimen> halved(List<Specimen> gallery) {
    Map<Role, Integer> seen = new EnumMap<>(Role.class);
    return gallery.stream().filter(s -> (seen.merge(s.role(), 1, Integer::sum) & 1) == 1).toList();
  }

  /** Returns the gallery of a category. */
  ReportPage.GalleryView of(int category) {
    return new ReportPage.GalleryView(sample(category), views(category), groups(category));
  }

  private List<ReportPage.SpecimenGroupView> groups(int category) {
    List<ReportPage.SpecimenGroupView> groups = new ArrayList<>();
    for (Role role : Role.values()) {
      List<ReportPage.SpecimenView> views =
          shown.get(category).stream().filter(s -> s.role() == role).map(this::view).toList();
      if (!views.isEmpty()) {
        groups.add(new ReportPage.SpecimenGroupView(label(role), views));
      }
    }
    return groups;
  }

  /** Returns the views that specimens of a category have, besides the input. */
  private List<ReportPage.ViewName> views(int category) {
    return Stream.of(View.MAP, View.RESTORATION, View.HIGH_PASS, View.MASK)
        .filter(v -> shown.get(category).stream().anyMatch(s -> s.views().containsKey(v)))
        .map(v -> new ReportPage.ViewName(css(v), label(v)))
        .toList();
  }

  /** Returns in words how many images are shown of how many. */
  private String sample(int category) {
    return chosen(category)
        + (categories.get(category).result().decisions().atThreshold().isPresent()
            ? " On the maps a cyan line is around what exceeds the calibrated pixel threshold."
            : "");
  }

  private String chosen(int category) {
    List<Specimen> gallery = shown.get(category);
    long tested = categories.get(category).testImages();
    if (gallery.size() >= tested) {
      return "All %s.".formatted(Format.counted(tested, "test image", "test images"));
    }
    return "A sample of %d of %s: the clearest, the most misleading, and some drawn at random."
        .formatted(gallery.size(), Format.counted(tested, "test image", "test images"));
  }

  private ReportPage.SpecimenView view(Specimen s) {
    List<ReportPage.PictureView> pictures =
        Stream.of(View.values())
            .filter(s.views()::containsKey)
            .map(
                v ->
                    new ReportPage.PictureView(
                        css(v), label(v), Thumbnails.uri(encoded.get(s.views().get(v)))))
            .toList();
    return new ReportPage.SpecimenView(
        s.imageId(),
        s.imageId().substring(s.imageId().lastIndexOf('/') + 1),
        s.defect(),
        s.anomalous(),
        s.score().isPresent() ? Format.score(s.score().getAsDouble()) : "",
        s.score().isPresent() ? Float.toString((float) s.score().getAsDouble()) : "",
        pictures);
  }

  private static String css(View view) {
    return view.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static String label(View view) {
    return switch (view) {
      case INPUT -> "Input";
      case HIGH_PASS -> "High-pass";
      case RESTORATION -> "Restoration";
      case MAP -> "Map";
      case MASK -> "Mask";
    };
  }

  private static String label(Role role) {
    return switch (role) {
      case BEST -> "Clearest";
      case WORST -> "Most misleading";
      case FALSE_ALARM -> "False alarms at the calibrated threshold";
      case RANDOM -> "Drawn at random";
    };
  }
}
