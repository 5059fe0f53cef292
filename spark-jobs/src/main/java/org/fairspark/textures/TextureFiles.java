package org.fairspark.textures;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.cache.ProcessCache;
import org.fairspark.corruption.TextureSource;
import org.fairspark.dataset.TextureListing;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.ImageFiles;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.ImageSize;
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

  /** Textures of this process, with those that cannot be decoded, so that none is tried again. */
  private static final ProcessCache<Key, Optional<PixelImage>> DECODED =
      ProcessCache.ofWeight(
          Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8),
          texture -> texture.map(image -> (long) image.pixels().length).orElse(0L));

  private final TextureListing listing;
  private final WholeFileReader files;
  private final ImageSize size;

  TextureFiles(TextureListing listing, Configuration hadoop, ImageSize size) {
    this.listing = listing;
    this.files = new WholeFileReader(hadoop);
    this.size = size;
  }

  /**
   * A decoded file.
   *
   * @param listing fingerprint of the folder's listing
   * @param name path below the folder
   * @param size that it was resized to
   */
  private record Key(String listing, String name, ImageSize size) {}

  @Override
  public boolean internal() {
    return false;
  }

  @Override
  public PixelImage texture(SeededRandom random) {
    List<String> names = listing.names();
    int drawn = random.nextInt(names.size());
    for (int i = 0; i < names.size(); i++) {
      Optional<PixelImage> texture = load(names.get((drawn + i) % names.size()));
      if (texture.isPresent()) {
        return texture.get();
      }
    }
    throw FairException.failed(
        "none of the %d files in corruption.textures can be decoded".formatted(names.size()),
        listing.root(),
        "give a folder of texture images, or none to take textures from the training images",
        null);
  }

  /** Returns the texture, or nothing if it cannot be decoded. */
  private Optional<PixelImage> load(String name) {
    return DECODED.get(new Key(listing.fingerprint(), name, size), key -> decode(name));
  }

  private Optional<PixelImage> decode(String name) {
    String path = listing.root() + "/" + name;
    try {
      byte[] file = files.read(path, 0);
      return Optional.of(Resize.bilinear(ImageFiles.decode(file, DecodeLimits.DEFAULT), size));
    } catch (UnreadableFileException e) {
      LOG.warn("texture {} is passed over: {}", path, e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw WholeFileReader.failure(path, e);
    }
  }
}
