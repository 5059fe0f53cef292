package org.fairspark.dataset;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;

/**
 * A measurement of what listing costs: processor seconds of the whole process for each listing of a
 * tree of 100 000 empty files, made where there is none. Not a test; BENCHMARKS.md has the command.
 */
final class ListingCost {
  private static final int CATEGORIES = 10;
  private static final int LISTINGS = 8;
  private static final int WARM_UP = 3;

  private ListingCost() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    if (!Files.exists(root)) {
      makeTree(root);
    }
    for (DataLayout layout : List.of(DataLayout.MVTEC, DataLayout.FOLDER)) {
      double[] seconds = new double[LISTINGS];
      for (int i = 0; i < LISTINGS; i++) {
        double before = processorSeconds();
        new DatasetReader(new Configuration(false))
            .list(new DataConfig(root.toString(), layout, List.of()));
        seconds[i] = processorSeconds() - before;
      }
      double[] warm = Arrays.copyOfRange(seconds, WARM_UP, LISTINGS);
      Arrays.sort(warm);
      System.out.printf(
          Locale.ROOT,
          "%s: first %.2f s, then least %.2f s, median %.2f s%n",
          layout,
          seconds[0],
          warm[0],
          warm[warm.length / 2]);
    }
  }

  private static void makeTree(Path root) throws IOException {
    for (int c = 0; c < CATEGORIES; c++) {
      fill(root.resolve("c" + c + "/train/good"), 5000, ".png");
      fill(root.resolve("c" + c + "/test/good"), 1000, ".png");
      for (String defect : List.of("cut", "dent")) {
        fill(root.resolve("c" + c + "/test/" + defect), 1000, ".png");
        fill(root.resolve("c" + c + "/ground_truth/" + defect), 1000, "_mask.png");
      }
    }
  }

  private static void fill(Path folder, int files, String end) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < files; i++) {
      Files.createFile(folder.resolve(i + end));
    }
  }

  private static double processorSeconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }
}
