package org.fairspark.job.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import javax.imageio.ImageIO;
import org.fairspark.demo.DemoDataset;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;

/** One picture of a factory, made from code, as the files that {@code prepare} meets. */
record SourceFiles(byte[] png, byte[] jpeg) implements Serializable {

  /**
   * Makes the files.
   *
   * @param size height and width in pixels
   */
  static SourceFiles make(int size) throws IOException {
    PixelImage picture = DemoDataset.picture(size, 1);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          rgb = rgb << 8 | picture.at(row, column, channel);
        }
        image.setRGB(column, row, rgb);
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    return new SourceFiles(PngEncoder.encode(picture), jpeg.toByteArray());
  }
}
