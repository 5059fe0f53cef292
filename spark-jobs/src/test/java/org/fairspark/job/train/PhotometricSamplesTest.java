package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fairspark.JobCall;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.demo.DemoDataset;
import org.fairspark.image.PixelImage;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.Float32Codec;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.SamplesTable;
import org.fairspark.store.table.Table;
import org.fairspark.training.TrainingSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotometricSamplesTest {
  @Test
  void inputAndTargetAreLitAlike(@TempDir Path folder) throws Exception {
    Path data =
        DemoDataset.write(folder.resolve("data"), 3, new DemoDataset.Size(64, 3, 1, 1)).dataRoot();
    FairConfig config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + data,
                "data.categories=[weave]",
                "output.root=" + folder.resolve("out"),
                "image.size=16",
                "filter.kind=none",
                "corruption.recipe=none",
                "corruption.variants=2",
                "corruption.photometric=1"));
    JobCall.run(new PrepareJob(), config);
    OutputRoot root =
        OutputRoot.of(
            LocalSpark.session().sparkContext().hadoopConfiguration(),
            folder.resolve("out").toString());
    List<TrainingSample> samples =
        new CategoryRows(
                LocalSpark.session(),
                "weave",
                Table.open(root, ImagesTable.SPEC),
                Table.open(root, SamplesTable.SPEC))
            .trainingSamples(
                List.of(), config.corruption().clean(), config.image().frame(), SampleTarget.CLEAN)
            .collect();
    assertThat(samples).hasSize(6);
    Set<Integer> different = new HashSet<>();
    for (TrainingSample sample : samples) {
      // Nothing is corrupted: each input is its target, seen by the filter.
      PixelImage target = new PixelImage(3, 16, 16, sample.target());
      assertThat(sample.input())
          .isEqualTo(Float32Codec.of(config.extractor().extract(target.toFloat()).values()));
      different.add(Arrays.hashCode(sample.target()));
    }
    assertThat(different).as("each in a light of its own").hasSize(6);
  }
}
