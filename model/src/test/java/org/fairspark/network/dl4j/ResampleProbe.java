package org.fairspark.network.dl4j;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fairspark.network.backend.ChannelsLast;
import org.fairspark.network.backend.HostArrays;
import org.fairspark.network.backend.NativeBackend;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A resampling layer on its own, outside a network. */
final class ResampleProbe {
  private ResampleProbe() {}

  static Layer layer(Resample.Kind kind, boolean portable) {
    NativeBackend.initialize();
    NeuralNetConfiguration conf =
        new NeuralNetConfiguration.Builder().layer(new Resample(kind, portable)).build();
    return conf.getLayer().instantiate(conf, List.of(), 0, null, false, DataType.FLOAT);
  }

  static float[] doubled(float[] image, int planes, int h, int w) {
    INDArray in = ChannelsLast.array(image, 1, planes, h, w);
    INDArray out =
        layer(Resample.Kind.DOUBLE, false).activate(in, false, LayerWorkspaceMgr.noWorkspaces());
    return ChannelsLast.toPlanes(HostArrays.get(out), out.shape());
  }
}
