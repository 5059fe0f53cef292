package org.fairspark.job.report;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.fairspark.store.OutputRoot;

/** {@code report/index.html} of an output root. */
public record PageFile(OutputRoot root) {
  Path path() {
    return new Path(root.path("report"), "index.html");
  }

  /** Where it is; a local file as a person would type it. */
  public String readable() {
    Path page = path();
    return "file".equals(page.toUri().getScheme()) ? page.toUri().getPath() : page.toString();
  }

  /** Writes it, so that it is there whole or not at all. */
  public void write(OutputRoot.Body body) throws IOException {
    root.write(path(), body);
  }
}
