#!/usr/bin/env bash
# tifffile 2026.3.3 writes a boolean array with PhotometricInterpretation 0 (WhiteIsZero) and True stored as 1, so that by the
# TIFF specification True is black. It reads its own file back as it was; OpenCV 5.0.0.93 and Pillow 13.0.0 follow the
# specification and see the inverse. A mask saved with imwrite(name, defect > 0) marks every good pixel as defective.
# The way out: imwrite(name, (defect > 0).astype(numpy.uint8) * 255).
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.3.5 tifffile==2026.3.3 pillow==13.0.0 opencv-python-headless==5.0.0.93
cd "$work"
"$work/env/bin/python" - <<'PYTHON'
import cv2
import numpy
import tifffile
from PIL import Image

mask = numpy.zeros((40, 50), bool)
mask[5:15, 10:30] = True
tifffile.imwrite('mask.tif', mask)
shares = {
    'written': mask.mean(),
    'tifffile': tifffile.imread('mask.tif').mean(),
    'Pillow': numpy.array(Image.open('mask.tif')).mean(),
    'OpenCV': (cv2.imread('mask.tif', cv2.IMREAD_UNCHANGED) > 0).mean(),
}
for reader, share in shares.items():
    print(f'{reader:9} {share:.2f} of the pixels are marked')
assert [round(share, 6) for share in shares.values()] == [0.1, 0.1, 0.9, 0.9], 'the behaviour changed'
tifffile.imwrite('bytes.tif', mask.astype(numpy.uint8) * 255)
assert numpy.array_equal(cv2.imread('bytes.tif', cv2.IMREAD_UNCHANGED) > 0, mask)
PYTHON
