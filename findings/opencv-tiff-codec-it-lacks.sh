#!/usr/bin/env bash
# OpenCV 5.0.0.93: a TIFF compressed with a codec that its build lacks gives None for ZSTD, as for every file that it cannot read, but
# an image of zeros of the right size for JPEG 2000, JPEG XL, JPEG XR and PNG. One line on stderr is all that tells. A loader
# that checks for None takes black images for photographs. Files written by tifffile and imagecodecs, which both read them.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.3.5 tifffile==2026.3.3 imagecodecs==2026.3.6 opencv-python-headless==5.0.0.93
cd "$work"
"$work/env/bin/python" - <<'PYTHON'
import cv2
import numpy
import tifffile

pixels = (numpy.arange(38 * 50) % 251 + 4).astype(numpy.uint8).reshape(38, 50)
seen = {}
for codec in ('zstd', 'jpeg2000', 'jpegxl', 'jpegxr', 'png'):
    tifffile.imwrite(codec + '.tif', pixels, compression=codec)
    assert tifffile.imread(codec + '.tif').max() > 200
    image = cv2.imread(codec + '.tif', cv2.IMREAD_UNCHANGED)
    seen[codec] = 'None' if image is None else f'{image.shape[1]} x {image.shape[0]}, greatest value {image.max()}'
    print(f'{codec:9} {seen[codec]}')
black = '50 x 38, greatest value 0'
assert seen == {'zstd': 'None', 'jpeg2000': black, 'jpegxl': black, 'jpegxr': black, 'png': black}, 'the behaviour changed'
PYTHON
