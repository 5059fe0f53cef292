package org.fairspark.job.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.FairConfig;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.dataset.ImageListing;
import org.fairspark.dataset.Split;
import org.fairspark.detect.Frame;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.ImageFiles;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.ImageSize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.text.HumanUnits;

/**
 * The tiles of each category's images, told by its first training image, since a listing knows no
 * sizes.
 *
 * @param frame in which networks see images
 */
record TilesPlan(Frame frame, DecodeLimits limits, WholeFileReader files) {
  static TilesPlan of(FairConfig config, Configuration hadoop) {
    return new TilesPlan(
        config.image().frame(),
        new DecodeLimits(config.image().maxPixels()),
        new WholeFileReader(hadoop));
  }

  /** Returns a line for each category; none where images are not tiled. */
  List<String> lines(ImageListing listing) {
    List<String> lines = new ArrayList<>();
    if (frame.fit() == Frame.Fit.TILES) {
      first(listing).forEach((category, entry) -> lines.add(category + ": " + line(entry)));
    }
    return lines;
  }

  private static Map<String, ImageEntry> first(ImageListing listing) {
    Map<String, ImageEntry> first = new TreeMap<>();
    for (ImageEntry entry : listing.entries()) {
      if (entry.split() == Split.TRAIN) {
        first.putIfAbsent(entry.category(), entry);
      }
    }
    return first;
  }

  private String line(ImageEntry entry) {
    try {
      ImageSize size = ImageFiles.decode(files.read(entry.path(), entry.length()), limits).size();
      return "%s has %s pixels: %d tile(s) of %s; while one such image is detected in, a task holds %s"
          .formatted(
              entry.imageId(),
              size.both(),
              frame.tiles(size),
              frame.size().both(),
              HumanUnits.bytes(MemoryPlan.ofTiledImage(size.pixels())));
    } catch (UnreadableFileException e) {
      return "%s cannot be read, so its tiles are not known".formatted(entry.imageId());
    } catch (IOException e) {
      throw WholeFileReader.failure(entry.path(), e);
    }
  }
}
