package org.fairspark.detect.exported;

import org.fairspark.detect.AnomalyDetector;
import org.fairspark.detect.BackboneMethod;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.TrainedNetworks;

/**
 * A detector that another program exported as an ONNX file. The file is the method's backbone; the
 * first of its layers is the anomaly map, the second, if there is one, the image's score.
 */
public final class ExportedMethod implements BackboneMethod {
  public static final String NAME = "onnx";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AnomalyDetector detector(DetectionSettings settings, TrainedNetworks networks) {
    return new ExportedDetector(settings.features().backbone(), networks.backbone());
  }
}
