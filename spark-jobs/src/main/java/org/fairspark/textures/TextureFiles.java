package org.fairspark.textures;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.corruption.TextureSource;
import org.fairspark.dataset.TextureListing;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.ImageFiles;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.random.SeededRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Textures from files, read, decoded and resized when first drawn, and kept as long as memory
 * allows. Which one is drawn depends on the sample's random numbers alone; in place of one that
 * cannot be decoded stands the next in the order of names.
 */
final class TextureFiles implements TextureSource {
  private static final Logger LOG = LoggerFactory.getLogger(TextureFiles.class);

  private final TextureListing listing;
  private final WholeFileReader files;
  private final int size;
  private final TextureCache cache;

  TextureFiles(TextureListing listing, Configuration hadoop, int size, TextureCache cache) {
    this.listing = listing;
    this.files = new WholeFileReader(hadoop);
    this.size = size;
    this.cache = cache;
  }

  @Override
  public boolean internal() {
    return false;
  }

  @Override
  public PixelImage texture(SeededRandom random) {
    List<String> names = listing.names();
    int drawn = random.nextInt(names.size());
    for (int i = 0; i < names.size(); i++) {
      PixelImage texture = load(names.get((drawn + i) % names.size()));
      if (texture != null) {
        return texture;
      }
    }
    throw FairException.failed(
        "none of the %d files in corruption.textures can be decoded".formatted(names.size()),
        listing.root(),
        "give a folder of texture images, or none to take textures from the training images",
        null);
  }

  /** Returns the texture, or null if it cannot be decoded. */
  private PixelImage load(String name) {
    String key = listing.fingerprint() + "/" + size + "/" + name;
    return cache.get(key, () -> decode(name));
  }

  private PixelImage decode(String name) {
    String path = listing.root() + "/" + name;
    try {
      byte[] file = files.read(path, 0);
      return Resize.bilinear(ImageFiles.decode(file, DecodeLimits.DEFAULT), size, size);
    } catch (UnreadableFileException e) {
      LOG.warn("texture {} is passed over: {}", path, e.getMessage());
      return null;
    } catch (IOException e) {
      throw WholeFileReader.failure(path, e);
    }
  }
}
