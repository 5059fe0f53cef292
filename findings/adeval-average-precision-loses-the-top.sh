#!/usr/bin/env bash
# ADEval 1.1.0, which papers of this field quote: its average precision (i_aupr, p_aupr) is the area below a curve that begins at
# the recall of the top score strip, not at recall 0, so what lies in that strip adds no area. Eight good and eight defective
# images that are perfectly separated have i_auroc 1 and i_aupr 0.875; where the maps are clipped at 1, as normalised maps
# are, i_auroc is 1 and i_aupr 0. Its AUROC is right. Precision summed over steps of recall is 1 in both cases.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check numpy==1.26.4 opencv-python-headless==4.11.0.86 && "$work/env/bin/pip" install --quiet --disable-pip-version-check --no-deps ADEval==1.1.0
cd "$work"
"$work/env/bin/python" - <<'PYTHON'
import warnings

import numpy
from adeval import EvalAccumulator

warnings.simplefilter('ignore')
random = numpy.random.default_rng(1)
maps, masks = random.random((16, 64, 64)), numpy.zeros((16, 64, 64), numpy.uint8)
masks[8:, 20:36, 20:36] = 1
maps[masks > 0] += 0.5


def summary(maps):
    low, high = float(maps.min()), float(maps.max())
    accumulator = EvalAccumulator(low, high, low, high)
    for one, mask in zip(maps, masks):
        accumulator.add_anomap(one, mask)
        accumulator.add_image(float(one.max()), int(mask.any()))
    result = accumulator.summary()
    return [round(float(result[key]), 3) for key in ('i_auroc', 'i_aupr', 'p_auroc', 'p_aupr')]


plain, clipped = summary(maps), summary(numpy.minimum(maps, 1))
print('image AUROC, image AP, pixel AUROC, pixel AP')
print(*plain)
print(*clipped, '(clipped at 1)')
assert plain == [1.0, 0.875, 0.867, 0.541] and clipped == [1.0, 0.0, 0.867, 0.07], 'the behaviour changed'
PYTHON
