package org.fairspark.corruption;

import java.util.List;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/** A list of images as a source of textures. */
record ImageTextures(List<PixelImage> images, boolean internal) implements TextureSource {
  ImageTextures {
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("textures need at least one image");
    }
    for (PixelImage image : images) {
      if (image.channels() != 3) {
        throw new IllegalArgumentException(
            "a texture must have 3 channels, got " + image.channels());
      }
    }
  }

  @Override
  public PixelImage texture(SeededRandom random) {
    return images.get(random.nextInt(images.size()));
  }
}
