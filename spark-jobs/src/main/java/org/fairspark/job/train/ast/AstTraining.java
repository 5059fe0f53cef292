package org.fairspark.job.train.ast;

import java.util.List;
import org.fairspark.detect.ast.AstMethod;
import org.fairspark.job.train.CalibrationStep;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;

/** The training of AST: the teacher, then the student, then the thresholds of both. */
public final class AstTraining implements MethodTraining {
  @Override
  public String method() {
    return AstMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new TeacherTraining(), new StudentTraining(), new CalibrationStep());
  }
}
