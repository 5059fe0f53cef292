#!/usr/bin/env bash
# ncnn.Mat(array), the way from NumPy into ncnn, does not heed the array's strides: the usual
# ncnn.Mat(picture.transpose(2, 0, 1)) has the right shape with the values of each pixel's channels mixed into planes. There is no
# error, and a network answers. np.ascontiguousarray(..., np.float32), held in a variable while the Mat is used, is right.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.3.5 ncnn==1.0.20261020
cat >"$work/check.py" <<'PY'
import ncnn
import numpy as np

picture = np.arange(4 * 5 * 3, dtype=np.float32).reshape(4, 5, 3)
planes = picture.transpose(2, 0, 1)
transposed = np.array(ncnn.Mat(planes))
held = np.ascontiguousarray(planes)
contiguous = np.array(ncnn.Mat(held))
print("channel 0, first row, as it is:       ", planes[0, 0])
print("in ncnn.Mat(picture.transpose(2,0,1)):", transposed[0, 0])

assert np.array_equal(contiguous, planes), "a contiguous array that is held is right"
assert transposed.shape == planes.shape and not np.array_equal(transposed, planes), "the behaviour changed"
PY
"$work/env/bin/python" "$work/check.py"
