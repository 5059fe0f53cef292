package org.fairspark.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairspark.random.SeededRandom;

/**
 * The training images that a model is not trained on, so that its thresholds can be set by them.
 *
 * @param ids the images' ids; empty if none are held out
 * @param reason why none are held out; empty if some are
 */
public record HeldOut(List<String> ids, String reason) {
  /** More images would be lost to training without changing a threshold. */
  static final int MAX_IMAGES = 10_000;

  public HeldOut {
    ids = List.copyOf(ids);
    if (ids.isEmpty() == reason.isEmpty()) {
      throw new IllegalArgumentException("either images are held out or there is a reason");
    }
  }

  /**
   * Chooses the images. The choice does not depend on their order, and changes little when images
   * are added.
   *
   * <p>If they are too few for the rate, none are held out: they would be lost to training and give
   * no threshold.
   *
   * @param seed of the run
   * @param images ids of all training images of the category
   * @param share the fraction of them to hold out, in [0, 1)
   * @param rate the required false-positive rate, inside (0, 1)
   */
  public static HeldOut choose(
      long seed, String category, Collection<String> images, double share, double rate) {
    int count = count(images.size(), share, rate);
    Optional<String> none = whyNone(images.size(), share, rate);
    if (none.isPresent()) {
      return new HeldOut(List.of(), none.get());
    }
    List<String> drawn = new ArrayList<>(new TreeSet<>(images));
    drawn.sort(byDraw(seed, category).thenComparing(Comparator.naturalOrder()));
    return new HeldOut(drawn.subList(0, count).stream().sorted().toList(), "");
  }

  /**
   * Takes all images, for a detector that learnt from none of them; of more than are needed, some
   * by a draw.
   */
  public static HeldOut all(long seed, String category, Collection<String> images, double rate) {
    List<String> drawn = new ArrayList<>(new TreeSet<>(images));
    drawn.sort(byDraw(seed, category).thenComparing(Comparator.naturalOrder()));
    return given(drawn.subList(0, Math.min(MAX_IMAGES, drawn.size())), "normal", rate);
  }

  /**
   * Chooses the images as {@link #choose}, but takes all images of a group or none: about as many,
   * and never all groups.
   *
   * @param groups the group of each training image by the image's id, empty for an image alone
   */
  public static HeldOut chooseGroups(
      long seed, String category, Map<String, String> groups, double share, double rate) {
    int count = count(groups.size(), share, rate);
    if (count == 0 || groups.values().stream().allMatch(String::isEmpty)) {
      return choose(seed, category, groups.keySet(), share, rate);
    }
    SortedMap<String, List<String>> units = new TreeMap<>();
    new TreeMap<>(groups)
        .forEach(
            (id, group) ->
                units
                    .computeIfAbsent(
                        group.isEmpty() ? "image " + id : "group " + group, u -> new ArrayList<>())
                    .add(id));
    List<String> drawn = new ArrayList<>(units.keySet());
    drawn.sort(byDraw(seed, category).thenComparing(Comparator.naturalOrder()));
    List<String> ids = new ArrayList<>();
    for (String unit : drawn.subList(0, drawn.size() - 1)) {
      if (ids.size() < count) {
        ids.addAll(units.get(unit));
      }
    }
    return ids.size() < Threshold.minCount(rate)
        ? new HeldOut(
            List.of(),
            "the %d training images are of %d group(s), which are not divided"
                .formatted(groups.size(), units.size()))
        : new HeldOut(ids.stream().sorted().toList(), "");
  }

  /**
   * Takes images that the data set has for calibration; nothing is held out of training.
   *
   * @param ids of these images
   * @param rate the required false-positive rate, inside (0, 1)
   */
  public static HeldOut given(Collection<String> ids, double rate) {
    return given(ids, "calibration", rate);
  }

  private static HeldOut given(Collection<String> ids, String kind, double rate) {
    return whyNotGiven(ids.size(), kind, rate)
        .map(reason -> new HeldOut(List.of(), reason))
        .orElseGet(() -> new HeldOut(ids.stream().sorted().toList(), ""));
  }

  private static Comparator<String> byDraw(long seed, String category) {
    return Comparator.comparingLong(
        id -> SeededRandom.seed(seed, "calibration/" + category, draw(id)));
  }

  /** Returns the number of images that {@link #choose} holds out of so many. */
  public static int count(int images, double share, double rate) {
    int rounded = rounded(images, share);
    return share == 0 || rounded < Threshold.minCount(rate) ? 0 : rounded;
  }

  /** Returns why {@link #choose} holds none out of so many images; empty if it holds some out. */
  public static Optional<String> whyNone(int images, double share, double rate) {
    if (count(images, share, rate) > 0) {
      return Optional.empty();
    }
    return Optional.of(share == 0 ? "calibration.share is 0" : tooFew(images, share, rate));
  }

  /**
   * Returns why {@link #given} or {@link #all} takes none of so many images; empty if it takes
   * them.
   *
   * @param kind of the images, in a word
   */
  public static Optional<String> whyNotGiven(int images, String kind, double rate) {
    int minCount = Threshold.minCount(rate);
    return images < minCount
        ? Optional.of(
            "the data set has %d %s images, and a false-positive rate of %s takes %d"
                .formatted(images, kind, rate, minCount))
        : Optional.empty();
  }

  private static int rounded(int images, double share) {
    return (int)
        Math.max(0, Math.min(Math.min(MAX_IMAGES, images - 1), Math.round(share * images)));
  }

  /** Returns a number that depends on the id alone. */
  private static long draw(String id) {
    return SeededRandom.seed(0, id, 0);
  }

  private static String tooFew(int images, double share, double rate) {
    int minCount = Threshold.minCount(rate);
    String text =
        "a share of %s of %d training images are %d, and a false-positive rate of %s takes %d"
            .formatted(share, images, rounded(images, share), rate, minCount);
    return images > 2 * minCount
        ? text
            + String.format(
                Locale.ROOT,
                "; calibration.share = %.2f would do",
                Math.ceil(100.0 * minCount / images) / 100)
        : text;
  }
}
