package org.fairspark.store.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.fairspark.frequency.FrequencyAnalysis;
import org.fairspark.frequency.RadialPoint;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;

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
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputRoot root;
  private final Path file;

  public FrequencyFile(OutputRoot root) {
    this.root = root;
    this.file = new Path(root.path("metrics"), "frequencies.json");
  }

  /**
   * Writes the file, in place of an older one.
   *
   * @param measured the frequencies of each category
   * @throws IOException if it cannot be written
   */
  public void write(SortedMap<String, FrequencyAnalysis> measured, Provenance provenance)
      throws IOException {
    Map<String, Object> categories = new LinkedHashMap<>();
    measured.forEach(
        (category, f) -> {
          categories.put(
              category,
              Map.of(
                  "similarity",
                  both(
                      curve(f.similarity(false).images(), f.similarity(false).curve()),
                      curve(f.similarity(true).images(), f.similarity(true).curve())),
                  "energy",
                  both(
                      curve(f.energy(false).images(), f.energy(false).curve()),
                      curve(f.energy(true).images(), f.energy(true).curve()))));
        });
    Map<String, Object> conventions = new LinkedHashMap<>();
    conventions.put("distance", "from the zero frequency, cycles an image, rounded");
    conventions.put(
        "similarity", "cosine of the spectra of original and restoration, mean over images");
    conventions.put("energy", "share of an original's energy, mean over images");
    conventions.put("deviation", "standard deviation between images");
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("categories", categories);
    whole.put("conventions", conventions);
    whole.put("fingerprint", provenance.fingerprint());
    root.writeText(file, JSON.writeValueAsString(whole) + "\n");
  }

  private static Map<String, Object> both(Object normal, Object anomalous) {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("normal", normal);
    both.put("anomalous", anomalous);
    return both;
  }

  private static Map<String, Object> curve(long images, List<RadialPoint> points) {
    Map<String, Object> curve = new LinkedHashMap<>();
    curve.put("images", images);
    curve.put("distance", points.stream().map(RadialPoint::distance).toList());
    curve.put("mean", points.stream().map(RadialPoint::mean).toList());
    curve.put("deviation", points.stream().map(RadialPoint::deviation).toList());
    return curve;
  }

  /** The categories' curves; missing where there is no file. */
  public JsonNode read() throws IOException {
    String text = root.readText(file);
    return JSON.readTree(text == null ? "{}" : text).path("categories");
  }
}
