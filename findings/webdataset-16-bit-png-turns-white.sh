#!/usr/bin/env bash
# WebDataset 1.0.2 decodes a 16-bit gray PNG, as cameras of 10 to 16 bits leave them, to a picture that is almost all white,
# without an error or a warning: by every word for images ('l', 'rgb', 'l8', 'rgb8', 'pil' and more) Pillow 13.0.0 cuts off what
# is above 255 instead of scaling it. 'pil' does so too, though it names no colours: it gives RGB.
# The way out: decode() without such a word leaves the file's bytes, and Pillow's mode I;16 has all of them.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 pillow==13.0.0 webdataset==1.0.2
cd "$work"
"$work/env/bin/python" - <<'PYTHON'
import io

import numpy
import webdataset
from PIL import Image

ramp = numpy.tile(numpy.linspace(0, 4095, 64).astype(numpy.uint16), (16, 1))
file = io.BytesIO()
Image.fromarray(ramp).save(file, 'png')
with webdataset.TarWriter('shard.tar') as shard:
    shard.write({'__key__': 'ramp', 'png': file.getvalue()})


def read(*words):
    return next(iter(webdataset.WebDataset('shard.tar', shardshuffle=False).decode(*words)))['png']


for word in ('l8', 'rgb8', 'l', 'rgb', 'pill', 'pilrgb', 'pil'):
    picture = numpy.asarray(read(word))
    white = (picture == (255 if picture.dtype == numpy.uint8 else 1)).mean()
    print(f'{word:7} {str(picture.dtype):8} {white:.0%} of a ramp from 0 to 4095 are white')
    assert picture.ndim == (2 if word in ('l8', 'l', 'pill') else 3), 'the behaviour changed'
    assert white == (ramp >= 255).mean(), 'the behaviour changed'
assert numpy.array_equal(numpy.asarray(Image.open(io.BytesIO(read()))), ramp)
PYTHON
