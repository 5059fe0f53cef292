package org.fairspark.store.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.metrics.CategoryFrequencies.ByLabel;
import org.fairspark.store.metrics.CategoryFrequencies.Point;
import org.fairspark.store.metrics.CategoryFrequencies.RadialCurve;
import org.fairspark.text.Json;

/**
 * {@code metrics/frequencies.json}: for every category, how alike originals and restorations are by
 * distance from the zero frequency ({@code similarity}, paper Figure 7) and where the originals'
 * energy lies ({@code energy}, Figure 9), for {@code normal} and {@code anomalous} test images:
 *
 * <pre>
 * {"categories": {"bottle": {"similarity": {"normal": {"images": 20, "distance": [0, 1, ..],
 *   "mean": [..], "deviation": [..]}, "anomalous": {..}}, "energy": {..}}},
 *  "conventions": {..}, "fingerprint": ".."}
 * </pre>
 */
public final class FrequencyFile {
  private final OutputRoot root;
  private final Path file;

  public FrequencyFile(OutputRoot root) {
    this.root = root;
    this.file = new Path(root.path("metrics"), "frequencies.json");
  }

  /**
   * Writes the file.
   *
   * @param frequencies by category
   */
  public void write(SortedMap<String, CategoryFrequencies> frequencies, Provenance provenance)
      throws IOException {
    ObjectNode tree = Json.object();
    ObjectNode categories = tree.putObject("categories");
    frequencies.forEach(
        (name, of) -> {
          ObjectNode category = categories.putObject(name);
          put(category.putObject("similarity"), of.similarity());
          put(category.putObject("energy"), of.energy());
        });
    tree.putObject("conventions")
        .put("distance", "from the zero frequency, cycles per image, rounded")
        .put("similarity", "cosine of the spectra of original and restoration, mean over images")
        .put("energy", "share of an original's energy, mean over images")
        .put("deviation", "standard deviation between images");
    tree.put("fingerprint", provenance.fingerprint());
    root.writeText(file, Json.line(tree) + "\n");
  }

  private static void put(ObjectNode fields, ByLabel curves) {
    put(fields.putObject("normal"), curves.normal());
    put(fields.putObject("anomalous"), curves.anomalous());
  }

  private static void put(ObjectNode fields, RadialCurve curve) {
    fields.put("images", curve.images());
    ArrayNode distance = fields.putArray("distance");
    ArrayNode mean = fields.putArray("mean");
    ArrayNode deviation = fields.putArray("deviation");
    for (Point point : curve.points()) {
      distance.add(point.distance());
      mean.add(point.mean());
      deviation.add(point.deviation());
    }
  }

  /**
   * Reads the curves by category; none where there is no file.
   *
   * @throws IOException if the file is not JSON
   */
  public SortedMap<String, CategoryFrequencies> read() throws IOException {
    SortedMap<String, CategoryFrequencies> categories = new TreeMap<>();
    String text = root.readText(file);
    if (text != null) {
      Json.parse(text)
          .path("categories")
          .fields()
          .forEachRemaining(
              e ->
                  categories.put(
                      e.getKey(),
                      new CategoryFrequencies(
                          byLabel(e.getValue().path("similarity")),
                          byLabel(e.getValue().path("energy")))));
    }
    return categories;
  }

  private static ByLabel byLabel(JsonNode fields) {
    return new ByLabel(curve(fields.path("normal")), curve(fields.path("anomalous")));
  }

  private static RadialCurve curve(JsonNode fields) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < fields.path("distance").size(); i++) {
      points.add(
          new Point(
              fields.path("distance").path(i).asInt(),
              fields.path("mean").path(i).asDouble(),
              fields.path("deviation").path(i).asDouble()));
    }
    return new RadialCurve(fields.path("images").asLong(), points);
  }
}
