#!/usr/bin/python3
"""Peer for speed: a training sample as FAIR's reference code makes it, with OpenCV and NumPy, on one core.

usage: numpy_sample.py IMAGES TEXTURES SIZE COUNT
Prints the mean ms of a Perlin mask, of the corruption and filter of an image that is in memory (texture decoded), and of a
whole sample with image and texture read from their files. Written after the description of the reference code: Perlin noise
on full grids of repeated gradients, the same draws and probabilities, three of eight of its ten texture
augmenters, a full complex FFT with shifts.
"""
import pathlib
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)
rng = np.random.default_rng(1)
size, count = int(sys.argv[3]), int(sys.argv[4])


def listed(folder):
    return sorted(str(p) for p in pathlib.Path(folder).rglob("*") if p.suffix.lower() in (".png", ".jpg", ".jpeg"))


images, textures = listed(sys.argv[1]), listed(sys.argv[2])
yy, xx = np.ogrid[:size, :size]
keep = 1 / (1 + (30 / (np.sqrt((yy - size // 2) ** 2 + (xx - size // 2) ** 2) + 1e-6)) ** 4)


def read(path):
    return cv2.resize(cv2.imread(path, cv2.IMREAD_COLOR), (size, size))


def turned(image, degrees):
    return cv2.warpAffine(image, cv2.getRotationMatrix2D(((size - 1) / 2, (size - 1) / 2), -degrees, 1), (size, size))


def perlin_mask():
    rows, columns = 2 ** rng.integers(0, 6), 2 ** rng.integers(0, 6)
    grid = np.mgrid[0 : rows : rows / size, 0 : columns : columns / size].transpose(1, 2, 0) % 1
    angles = 2 * np.pi * rng.random((rows + 1, columns + 1))
    gradients = np.stack((np.cos(angles), np.sin(angles)), -1)

    def corner(r, c):
        each = gradients[r : r + rows, c : c + columns].repeat(size // rows, 0).repeat(size // columns, 1)
        return (np.stack((grid[..., 0] - r, grid[..., 1] - c), -1) * each).sum(-1)

    fade = 6 * grid**5 - 15 * grid**4 + 10 * grid**3
    left = corner(0, 0) + fade[..., 0] * (corner(1, 0) - corner(0, 0))
    right = corner(0, 1) + fade[..., 0] * (corner(1, 1) - corner(0, 1))
    noise = np.sqrt(2) * (left + fade[..., 1] * (right - left))
    return turned(noise, rng.uniform(-90, 90)) > 0.5


def gamma(t):
    return np.stack([(255 * (t[..., c] / 255.0) ** rng.uniform(0.5, 2)).astype(np.uint8) for c in range(3)], -1)


def brightness(t):
    hsv = cv2.cvtColor(t, cv2.COLOR_BGR2HSV)
    hsv[..., 2] = (hsv[..., 2] * rng.uniform(0.8, 1.2) + rng.integers(-30, 31)).clip(0, 255).astype(np.uint8)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)


def hue(t):
    hsv = cv2.cvtColor(t, cv2.COLOR_BGR2HSV).astype(np.int16)
    hsv[..., 0] = (hsv[..., 0] + rng.integers(-35, 36)) % 180
    hsv[..., 1] = (hsv[..., 1] + rng.integers(-50, 51)).clip(0, 255)
    return cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2BGR)


def solarize(t):
    return np.where(t >= rng.uniform(32, 128), 255 - t, t).astype(np.uint8) if rng.random() < 0.5 else t


def posterize(t):
    step = 2 ** (8 - rng.integers(1, 9))
    return (t // step * step).astype(np.uint8)


def equalize(t):
    return np.stack([cv2.equalizeHist(np.ascontiguousarray(t[..., c])) for c in range(3)], -1)


AUGMENTERS = [gamma, brightness, hue, solarize, posterize, lambda t: 255 - t, equalize, lambda t: turned(t, rng.uniform(-45, 45))]


def cutpaste(image):
    top, left = rng.integers(0, size, 2)
    height, width = (rng.integers(round(0.8 * size), round(0.9 * size), 2) // 2 * 2).tolist()
    patch = np.ascontiguousarray(image[top : top + height, left : left + width])
    h, w = patch.shape[:2]
    angle = rng.integers(-6, 6)
    c, s = np.cos(angle), np.sin(angle)
    patch = cv2.warpAffine(patch, np.array([[c, -s, 0], [s, c, 0]]), (w, h)).reshape(h, w, 3)
    out = image.copy()
    row, column = rng.integers(1, max(2, size - h - 1)), rng.integers(1, max(2, size - w - 1))
    place = out[row : row + h, column : column + w]
    place[:] = patch[: place.shape[0], : place.shape[1]]
    return out


def sample(image, texture):
    if rng.random() < 0.3:
        image = turned(image, rng.uniform(-90, 90))
    image = image.astype(np.float32) / 255
    corrupted = image
    if rng.random() > 0.5:
        if rng.random() > 0.5:
            corrupted = cutpaste(image)
    elif rng.random() > 0.5:
        t = texture()
        for i in rng.choice(len(AUGMENTERS), 3, replace=False):
            t = AUGMENTERS[i](t)
        beta = 0.8 * rng.random()
        inside = perlin_mask()[..., None]
        corrupted = np.where(inside, (1 - beta) * (t.astype(np.float32) / 255) + beta * image, image).astype(np.float32)
    gray = cv2.cvtColor(corrupted, cv2.COLOR_BGR2GRAY)
    spectrum = np.fft.fftshift(np.fft.fft2(gray)) * keep
    return np.real(np.fft.ifft2(np.fft.ifftshift(spectrum))).astype(np.float32)


def milliseconds(work):
    work()
    began = time.perf_counter()
    for _ in range(count):
        work()
    return 1000 * (time.perf_counter() - began) / count


def any_of(paths):
    return paths[rng.integers(len(paths))]


image, decoded = read(images[0]), [read(t) for t in textures[:20]]
print(f"perlin {milliseconds(perlin_mask):.3f} ms")
print(f"sample {milliseconds(lambda: sample(image, lambda: decoded[rng.integers(len(decoded))])):.3f} ms")
print(f"whole {milliseconds(lambda: sample(read(any_of(images)), lambda: read(any_of(textures)))):.3f} ms")
