package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.inspection.Inspection;
import org.fairspark.inspection.Picture;
import org.fairspark.inspection.Polygon;
import org.fairspark.inspection.Region;
import org.fairspark.text.Json;

/** An inspection as fields of {@code calibration.json}, and back. */
public final class InspectionJson {
  private static final String VIEWS = "views";

  private InspectionJson() {}

  /** Returns the fields; equal inspections have equal ones. */
  public static ObjectNode tree(Inspection inspection) {
    ObjectNode fields = Json.object();
    fields.set("inspected", areas(inspection.inspected()));
    fields.set("ignored", areas(inspection.ignored()));
    fields.put("border", inspection.border());
    fields.put("smallest_area", inspection.smallestArea());
    fields.put("hysteresis", inspection.hysteresis());
    if (inspection.hasOutside()) {
      // Levels and positions once took it in: thresholds and maps of then are others.
      fields.put("outside", "in no level or position");
    }
    if (!inspection.views().isEmpty()) {
      ObjectNode views = fields.putObject(VIEWS);
      inspection
          .views()
          .forEach(
              (view, areas) -> {
                ObjectNode own = views.putObject(view);
                own.set("inspected", areas(areas.inspected()));
                own.set("ignored", areas(areas.ignored()));
              });
    }
    return fields;
  }

  private static ArrayNode areas(List<Region> areas) {
    ArrayNode nodes = Json.array();
    for (Region area : areas) {
      ObjectNode node = nodes.addObject();
      if (area instanceof Polygon polygon) {
        ArrayNode corners = node.putArray("polygon");
        polygon.corners().forEach(c -> corners.addArray().add(c.x()).add(c.y()));
      } else if (area instanceof Picture picture) {
        node.put("height", picture.height());
        node.put("width", picture.width());
        node.put("bits", Base64.getEncoder().encodeToString(picture.bits()));
      }
    }
    return nodes;
  }

  /** Reads the fields; the whole image where there are none. */
  static Inspection inspection(JsonNode fields) {
    return fields.isObject()
        ? new Inspection(
            areas(fields.path("inspected")),
            areas(fields.path("ignored")),
            fields.path("border").asDouble(),
            fields.path("smallest_area").asInt(1),
            fields.path("hysteresis").asDouble(1),
            views(fields.path(VIEWS)))
        : Inspection.WHOLE;
  }

  private static SortedMap<String, Inspection.Areas> views(JsonNode fields) {
    SortedMap<String, Inspection.Areas> views = new TreeMap<>();
    fields
        .fields()
        .forEachRemaining(
            view ->
                views.put(
                    view.getKey(),
                    new Inspection.Areas(
                        areas(view.getValue().path("inspected")),
                        areas(view.getValue().path("ignored")))));
    return views;
  }

  private static List<Region> areas(JsonNode nodes) {
    List<Region> areas = new ArrayList<>();
    for (JsonNode node : nodes) {
      areas.add(
          node.has("polygon")
              ? polygon(node.path("polygon"))
              : new Picture(
                  node.path("height").asInt(),
                  node.path("width").asInt(),
                  Base64.getDecoder().decode(node.path("bits").asText())));
    }
    return areas;
  }

  private static Polygon polygon(JsonNode corners) {
    List<Polygon.Point> points = new ArrayList<>();
    corners.forEach(c -> points.add(new Polygon.Point(c.path(0).asDouble(), c.path(1).asDouble())));
    return new Polygon(points);
  }
}
