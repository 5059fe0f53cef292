package org.fairspark.submit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program for spark-submit that asks executors what they found: the natives, the image codecs.
 * Its own classes come in a jar beside the application's ({@code --jars}).
 */
public final class ProbeJob {
  private ProbeJob() {}

  /**
   * Prints a line per executor: its id, the sum of ten ones, the first TIFF reader, its threads.
   */
  public static void main(String[] args) {
    try (JavaSparkContext spark = new JavaSparkContext()) {
      int tasks = Integer.parseInt(args[0]);
      List<Integer> numbers = java.util.stream.IntStream.range(0, tasks).boxed().toList();
      spark.parallelize(numbers, tasks).map(number -> ask()).distinct().collect().stream()
          .sorted()
          .forEach(System.out::println);
    }
    System.exit(7);
  }

  private static String ask() {
    NativeBackend.initialize();
    ImageReader tiff = ImageIO.getImageReadersByFormatName("TIFF").next();
    return "executor %s sum %s %s omp %s"
        .formatted(
            SparkEnv.get().executorId(),
            Nd4j.ones(10).sumNumber(),
            tiff.getClass().getPackageName(),
            System.getenv("OMP_NUM_THREADS"));
  }

  /** Packs this class into a jar. */
  static Path jar(Path folder) throws IOException {
    Path jar = folder.resolve("probe job.jar");
    String name = ProbeJob.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream in = ProbeJob.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new ZipEntry(name));
      in.transferTo(out);
      out.closeEntry();
    }
    return jar;
  }
}
