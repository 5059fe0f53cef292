#!/usr/bin/env bash
# OpenCV 5.0.0.93: a 16-bit gray TIFF with PhotometricInterpretation 0 (WhiteIsZero, usual in radiography) is inverted by cv2.imread
# and IMREAD_GRAYSCALE, as the specification has it, and not inverted by IMREAD_UNCHANGED. The flag that is taken to keep the
# 16 bits turns bright into dark; a model trained on one and fed by the other sees negatives.
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

stored = numpy.linspace(0, 65535, 64 * 64).astype(numpy.uint16).reshape(64, 64)
tifffile.imwrite('film.tif', stored, photometric='miniswhite')
gray = cv2.imread('film.tif', cv2.IMREAD_GRAYSCALE).astype(float)
unchanged = cv2.imread('film.tif', cv2.IMREAD_UNCHANGED).astype(float)
correlation = numpy.corrcoef(gray.ravel(), unchanged.ravel())[0, 1]
print(f'first stored sample 0 (white): IMREAD_GRAYSCALE {gray[0, 0]:.0f}, IMREAD_UNCHANGED {unchanged[0, 0]:.0f}')
print(f'correlation of the two: {correlation:.3f}')
assert gray[0, 0] == 255 and unchanged[0, 0] == 0 and correlation < -0.999, 'the behaviour changed'
PYTHON
