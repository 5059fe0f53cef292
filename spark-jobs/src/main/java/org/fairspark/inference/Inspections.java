package org.fairspark.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.FairConfig;
import org.fairspark.config.InspectionConfig;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.ImageFiles;
import org.fairspark.image.ImageSize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.inspection.Inspection;
import org.fairspark.inspection.Picture;
import org.fairspark.inspection.Polygon;
import org.fairspark.inspection.Region;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.model.ModelStore;
import org.fairspark.text.Json;

/**
 * The inspected part of a category's images, from {@code inspection.*} for training and from the
 * model for all that uses it.
 *
 * <p>The file {@code inspection.regions} is JSON and has a field for each category, and {@code "*"}
 * for those it does not name. A category has {@code rectangles} ({@code [x, y, width, height]}),
 * {@code polygons} (lists of {@code [x, y]}) and {@code mask} (a picture, white where it is
 * inspected, its path relative to the file), and the same as {@code ignore-rectangles}, {@code
 * ignore-polygons} and {@code ignore-mask}. All numbers are shares of the image's width and height.
 * {@code views} has the same by view, for images of which it is known, in place of the category's.
 */
public final class Inspections {
  private static final String ALL_OTHERS = "*";
  private static final String VIEWS = "views";
  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "rectangles",
              "polygons",
              "mask",
              "ignore-rectangles",
              "ignore-polygons",
              "ignore-mask"));

  private final InspectionConfig config;
  private final Configuration hadoop;

  private Inspections(InspectionConfig config, Configuration hadoop) {
    this.config = config;
    this.hadoop = hadoop;
  }

  /**
   * Returns what the settings say of a category.
   *
   * @throws FairException if the file of regions cannot be read or used
   */
  public static Inspection ofSettings(FairConfig config, Configuration hadoop, String category) {
    return new Inspections(config.inspection(), hadoop).of(category);
  }

  /**
   * Returns what the category's model was calibrated with; of a method that learns nothing, what
   * the settings say.
   *
   * @throws FairException if the settings say otherwise: thresholds hold for nothing else
   */
  public static Inspection ofModel(FairConfig config, OutputRoot root, String category) {
    Inspection asked = ofSettings(config, root.fileSystem().getConf(), category);
    Inspection model = kept(config, root, category);
    if (!asked.equals(model)) {
      throw FairException.refused(
          "the model of %s was calibrated with another inspection than inspection.* says"
              .formatted(category),
          "inspection",
          "run train with these settings: it calibrates the finished model again in seconds");
    }
    return model;
  }

  /**
   * Returns what the category's model was calibrated with, whatever the settings say; of a method
   * that learns nothing, what they say.
   */
  static Inspection kept(FairConfig config, OutputRoot root, String category) {
    return config.detectionMethod().hasModel(config.detection())
        ? new ModelStore(root, category).metadata().calibration().inspection()
        : ofSettings(config, root.fileSystem().getConf(), category);
  }

  /**
   * Makes sure that the settings can be used for every category.
   *
   * @return the categories that the file of regions names and that are not among these
   * @throws FairException if they cannot, or leave nothing of a category's images to inspect
   */
  public static Set<String> check(
      FairConfig config, Configuration hadoop, Collection<String> categories) {
    Inspections inspections = new Inspections(config.inspection(), hadoop);
    ImageSize size = config.image().size();
    for (String category : categories) {
      Inspection whole = inspections.of(category);
      inspections.requireSome(whole.of(""), size, category);
      for (String view : whole.views().keySet()) {
        inspections.requireSome(
            whole.of(view), size, "the view %s of %s".formatted(view, category));
      }
    }
    Set<String> unknown = new TreeSet<>();
    config
        .inspection()
        .regions()
        .ifPresent(file -> inspections.read(file).fieldNames().forEachRemaining(unknown::add));
    unknown.remove(ALL_OTHERS);
    unknown.removeAll(categories);
    return unknown;
  }

  private void requireSome(Inspection inspection, ImageSize size, String what) {
    boolean[] inside = inspection.inside(size.height(), size.width());
    if (inside != null && IntStream.range(0, inside.length).noneMatch(p -> inside[p])) {
      throw refused("it leaves nothing of %s to inspect".formatted(what), null);
    }
  }

  private Inspection of(String category) {
    JsonNode regions =
        config.regions().isPresent() ? regions(config.regions().get(), category) : Json.object();
    SortedMap<String, Inspection.Areas> views = new TreeMap<>();
    regions
        .path(VIEWS)
        .fields()
        .forEachRemaining(
            view ->
                views.put(
                    view.getKey(),
                    new Inspection.Areas(
                        areas(view.getValue(), ""), areas(view.getValue(), "ignore-"))));
    return new Inspection(
        areas(regions, ""),
        areas(regions, "ignore-"),
        config.border(),
        config.smallestArea(),
        config.hysteresis(),
        views);
  }

  private JsonNode read(String file) {
    try {
      return Json.parse(new String(bytes(file), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      throw refused("there is no such file", e);
    } catch (IOException e) {
      throw refused("it cannot be read: " + e.getMessage(), e);
    }
  }

  private JsonNode regions(String file, String category) {
    JsonNode all = read(file);
    JsonNode own = all.has(category) ? all.path(category) : all.path(ALL_OTHERS);
    requireKnown(own, category, true);
    own.path(VIEWS)
        .fields()
        .forEachRemaining(
            view ->
                requireKnown(
                    view.getValue(),
                    "the view %s of %s".formatted(view.getKey(), category),
                    false));
    return own;
  }

  private void requireKnown(JsonNode regions, String what, boolean withViews) {
    Iterator<String> names = regions.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!KNOWN.contains(name) && !(withViews && name.equals(VIEWS))) {
        throw refused(
            "%s has %s, and %s may have %s%s"
                .formatted(
                    what,
                    name,
                    withViews ? "a category" : "a view",
                    KNOWN,
                    withViews ? " and " + VIEWS : ""),
            null);
      }
    }
  }

  private List<Region> areas(JsonNode regions, String prefix) {
    List<Region> areas = new ArrayList<>();
    try {
      for (JsonNode r : regions.path(prefix + "rectangles")) {
        areas.add(Polygon.rectangle(number(r, 0), number(r, 1), number(r, 2), number(r, 3)));
      }
      for (JsonNode polygon : regions.path(prefix + "polygons")) {
        List<Polygon.Point> corners = new ArrayList<>();
        polygon.forEach(c -> corners.add(new Polygon.Point(number(c, 0), number(c, 1))));
        areas.add(new Polygon(corners));
      }
    } catch (IllegalArgumentException e) {
      throw refused(prefix + "rectangles or " + prefix + "polygons: " + e.getMessage(), e);
    }
    String mask = regions.path(prefix + "mask").asText();
    if (!mask.isEmpty()) {
      areas.add(picture(mask));
    }
    return areas;
  }

  private static double number(JsonNode list, int index) {
    JsonNode number = list.path(index);
    if (!number.isNumber()) {
      throw new IllegalArgumentException("%s has no number at place %d".formatted(list, index + 1));
    }
    double share = number.asDouble();
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "%s has %s, and numbers are shares of width and height, from 0 to 1"
              .formatted(list, number.asText()));
    }
    return share;
  }

  private Picture picture(String mask) {
    String path = new Path(new Path(config.regions().orElseThrow()).getParent(), mask).toString();
    try {
      return Picture.of(ImageFiles.readMask(bytes(path), DecodeLimits.DEFAULT).pixels());
    } catch (UnreadableFileException | IOException e) {
      throw refused("its mask %s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private byte[] bytes(String file) throws IOException {
    Path path = new Path(file);
    try (var in = path.getFileSystem(hadoop).open(path)) {
      return in.readAllBytes();
    }
  }

  private FairException refused(String what, Exception cause) {
    return FairException.failed(
        "inspection.regions cannot be used: " + what,
        config.regions().orElse("inspection"),
        "correct the file, or set inspection.regions=none",
        cause);
  }
}
