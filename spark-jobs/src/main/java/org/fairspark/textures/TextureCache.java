package org.fairspark.textures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairspark.image.PixelImage;

/** Decoded textures of one JVM, the least recently used dropped first. Thread-safe. */
final class TextureCache {
  private static final TextureCache SHARED =
      new TextureCache(Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8));

  private final long limit;
  private final Map<String, Optional<PixelImage>> textures = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /**
   * Makes a cache.
   *
   * @param limit bytes of pixels to hold at most
   */
  TextureCache(long limit) {
    this.limit = limit;
  }

  /** Returns the cache that all tasks of an executor share. */
  static TextureCache shared() {
    return SHARED;
  }

  /**
   * Returns the texture, made if it is not held; null if the maker gives null, which is held too.
   */
  PixelImage get(String key, Supplier<PixelImage> maker) {
    synchronized (this) {
      Optional<PixelImage> held = textures.get(key);
      if (held != null) {
        return held.orElse(null);
      }
    }
    // Made outside the lock: two tasks may do the same work, but none waits for another's.
    PixelImage made = maker.get();
    synchronized (this) {
      if (textures.putIfAbsent(key, Optional.ofNullable(made)) == null) {
        bytes += size(made);
        var eldest = textures.entrySet().iterator();
        while (bytes > limit && eldest.hasNext()) {
          bytes -= size(eldest.next().getValue().orElse(null));
          eldest.remove();
        }
      }
    }
    return made;
  }

  synchronized long bytes() {
    return bytes;
  }

  private static long size(PixelImage texture) {
    return texture == null ? 0 : texture.pixels().length;
  }
}
