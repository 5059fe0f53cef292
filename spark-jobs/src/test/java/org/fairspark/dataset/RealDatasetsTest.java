package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.junit.jupiter.api.Test;

/** Lists the published data sets, where {@code fair.data} names a folder that holds them. */
class RealDatasetsTest {
  private static ImageListing list(String name, DataLayout layout) {
    Path root = Path.of(System.getProperty("fair.data", "../shared/data"), name);
    assumeTrue(Files.isDirectory(root), () -> "skipped: no data set at " + root);
    return new DatasetReader(new Configuration(false))
        .list(new DataConfig(root.toString(), layout, List.of()));
  }

  @Test
  void everyAnomalousImageOfMvtecHasItsMask() {
    ImageListing listing = list("mvtec_ad", DataLayout.MVTEC);
    listing.requireTraining();
    listing
        .counts()
        .forEach(
            (category, counts) -> {
              assertThat(counts.testAnomalous()).as("anomalous of %s", category).isPositive();
              assertThat(counts.testGood()).as("good test images of %s", category).isPositive();
              assertThat(counts.lackingMask()).as("without mask of %s", category).isZero();
            });
    assertThat(listing.notes()).isEmpty();
  }

  @Test
  void visaIsListedInTheFormThatIsThere() {
    ImageListing listing = list("visa", DataLayout.VISA);
    listing.requireTraining();
    assertThat(listing.entries()).allMatch(e -> e.path().toLowerCase(Locale.ROOT).endsWith(".jpg"));
  }
}
