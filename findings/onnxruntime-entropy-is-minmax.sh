#!/usr/bin/env bash
# ONNX Runtime 1.32.0: quantize_static with calibrate_method=Entropy gives the scales of MinMax, to the last bit, with its own
# settings of 128 histogram bins and 128 quantized bins: there is nothing left to choose. Percentile and Distribution, which take
# 2048 bins, differ. Who picks Entropy to keep outliers from widening the range gets the outliers.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.3.5 onnx==1.23.2 onnxruntime==1.32.0
cd "$work"
"$work/env/bin/python" - <<'PYTHON'
import logging

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, quantize_static

logging.disable(logging.WARNING)
random = numpy.random.default_rng(1)
weights = [
    numpy_helper.from_array(random.normal(0, 0.2, shape).astype(numpy.float32), name)
    for name, shape in (('first', (8, 1, 3, 3)), ('second', (3, 8, 3, 3)))
]
nodes = [
    helper.make_node('Conv', ['x', 'first'], ['hidden'], pads=[1] * 4),
    helper.make_node('Relu', ['hidden'], ['positive']),
    helper.make_node('Conv', ['positive', 'second'], ['y'], pads=[1] * 4),
]
value = lambda name, channels: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, channels, 32, 32])
graph = helper.make_graph(nodes, 'net', [value('x', 1)], [value('y', 3)], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17)])
model.ir_version = 9
onnx.save(model, 'net.onnx')


class Images(CalibrationDataReader):
    def __init__(self):
        source = numpy.random.default_rng(2)
        self.batches = iter([{'x': source.laplace(0, 1, (1, 1, 32, 32)).astype(numpy.float32)} for _ in range(20)])

    def get_next(self):
        return next(self.batches, None)


def scales(method):
    quantize_static('net.onnx', 'quantized.onnx', Images(), calibrate_method=method)
    initializers = onnx.load('quantized.onnx').graph.initializer
    return {i.name: float(numpy_helper.to_array(i)) for i in initializers if i.name in ('x_scale', 'positive_scale', 'y_scale')}


found = {method.name: scales(method) for method in
         (CalibrationMethod.MinMax, CalibrationMethod.Entropy, CalibrationMethod.Percentile)}
for method, values in found.items():
    print(f'{method:10}', values)
assert found['Entropy'] == found['MinMax'] != found['Percentile'], 'the behaviour changed'
PYTHON
