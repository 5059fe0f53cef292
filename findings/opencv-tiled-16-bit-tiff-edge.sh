#!/usr/bin/env bash
# OpenCV 5.0.0.93: cv2.imread of a 16-bit TIFF in tiles, whose width is no multiple of the tile's, gives wrong pixels in the last
# tile column. No error, no warning. IMREAD_UNCHANGED reads the same file rightly, and so does imread the same pixels in strips.
# Microscopes and line-scan cameras write such files. The way out: IMREAD_UNCHANGED, and the conversion to 8 bits by hand.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.3.5 tifffile==2026.3.3 opencv-python-headless==5.0.0.93
cd "$work"
"$work/env/bin/python" - <<'PYTHON'
import cv2
import numpy
import tifffile

pixels = (numpy.arange(38 * 50, dtype=numpy.uint16) * 30).reshape(38, 50)
tifffile.imwrite('tiles.tif', pixels, tile=(16, 16))
tifffile.imwrite('strips.tif', pixels)
wrong = {}
for name in ('tiles', 'strips'):
    assert numpy.array_equal(cv2.imread(name + '.tif', cv2.IMREAD_UNCHANGED), pixels)
    gray = cv2.imread(name + '.tif', cv2.IMREAD_GRAYSCALE).astype(int)
    off = abs(gray - (pixels >> 8)) > 1
    wrong[name] = sorted(set(numpy.where(off)[1].tolist()))
    print(f'{name:6}: {off.sum()} of {pixels.size} pixels are off by more than 1, in columns {wrong[name]}')
assert wrong == {'tiles': [48, 49], 'strips': []}, 'the behaviour changed'
PYTHON
