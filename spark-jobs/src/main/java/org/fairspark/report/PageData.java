package org.fairspark.report;

import org.fairspark.text.Json;

/** Data for a page's script, inside a script element. */
final class PageData {
  private PageData() {}

  /** Returns JSON in which no text can end the script element: "<" only occurs inside strings. */
  static String json(Object value) {
    return Json.line(value).replace("<", "\\u003c");
  }
}
