package org.fairspark.job.report;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.fairspark.store.OutputRoot;

/** {@code report/index.html} of an output root. */
public record PageFile(OutputRoot root) {
  Path path() {
    return new Path(root.path("report"), "index.html");
  }

  /** Returns the path as it is typed on a command line: of a local file without a scheme. */
  public String readable() {
    Path page = path();
    return "file".equals(page.toUri().getScheme()) ? page.toUri().getPath() : page.toString();
  }

  /** Writes the page, so that it is there whole or not at all. */
  public void write(OutputRoot.Body body) throws IOException {
    root.write(path(), body);
  }
}
