"""PatchCore on one category of MVTec AD by ONNX Runtime, OpenCV, NumPy and SciPy, on one thread: decodes,
fits, scores, and prints image AUROC, pixel AUROC and AUPRO. No Spark, no tables, no report.

    python plain_patchcore.py MVTEC_AD/bottle efficientnet_lite0_features.onnx
"""
import glob
import os
import sys

import cv2
import numpy as np
import onnxruntime
from scipy.ndimage import gaussian_filter, label, uniform_filter

SIZE = 256
LAYERS = ["features_8", "features_16"]

cv2.setNumThreads(1)
root, backbone = sys.argv[1:3]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(backbone, options)


def patches(path):
    image = cv2.resize(cv2.imread(path, cv2.IMREAD_COLOR_RGB), (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    joined = []
    for layer in session.run(LAYERS, {"image": ((image.astype(np.float32) - 127) / 128).transpose(2, 0, 1)[None]}):
        layer = layer[0] / np.linalg.norm(layer[0], axis=0)
        layer = uniform_filter(layer, size=(1, 3, 3), mode="constant")
        if joined:
            layer = cv2.resize(np.ascontiguousarray(layer.transpose(1, 2, 0)), (32, 32)).transpose(2, 0, 1)
        joined.append(layer)
    return np.concatenate(joined).reshape(152, -1).T


def coreset(vectors):
    squares = (vectors**2).sum(1)
    nearest = np.full(len(vectors), np.inf, np.float32)
    chosen, farthest = [], 0
    for _ in range(round(0.01 * len(vectors))):
        chosen.append(farthest)
        nearest = np.minimum(nearest, squares + squares[farthest] - 2 * vectors @ vectors[farthest])
        farthest = int(nearest.argmax())
    return vectors[chosen]


def auroc(labels, values):
    labels = labels[np.argsort(values, kind="stable")]
    ranks, positive = np.arange(1, len(labels) + 1), labels.sum()
    return (ranks[labels].sum() - positive * (positive + 1) / 2) / (positive * (len(labels) - positive))


bank = coreset(np.concatenate([patches(path) for path in sorted(glob.glob(root + "/train/good/*.png"))]))
bank_squares = (bank**2).sum(1)
maps, masks, anomalous, scores = [], [], [], []
for path in sorted(glob.glob(root + "/test/*/*.png")):
    features = patches(path)
    distances = np.sqrt(np.maximum(0, (features**2).sum(1)[:, None] + bank_squares - 2 * features @ bank.T))
    nearest = distances.min(1)
    maps.append(gaussian_filter(cv2.resize(nearest.reshape(32, 32), (SIZE, SIZE)), 4))
    kind = path.split("/")[-2]
    anomalous.append(kind != "good")
    far = nearest.argmax()
    match = distances[far].argmin()
    support = np.argsort(((bank - bank[match]) ** 2).sum(1))[:9]
    scores.append(nearest[far] * (1 - 1 / np.exp(distances[far][support] - distances[far][match]).sum()))
    mask = f"{root}/ground_truth/{kind}/{os.path.basename(path)[:-4]}_mask.png"
    masks.append(np.zeros((SIZE, SIZE), np.uint8) if kind == "good" else cv2.resize(cv2.imread(mask, 0), (SIZE, SIZE)))

maps, masks = np.stack(maps), np.stack(masks)
weights, regions = np.zeros(maps.shape), 0
for i in range(len(masks)):
    labelled, count = label(masks[i] > 0, np.ones((3, 3)))
    sizes = np.bincount(labelled.ravel(), minlength=count + 1)
    regions += count
    weights[i] = np.where(labelled > 0, 1 / sizes[labelled], 0)
order = np.argsort(-maps.ravel())
normal = (masks == 0).ravel()[order]
fpr = np.cumsum(normal) / normal.sum()
pro = np.cumsum(weights.ravel()[order]) / regions
end = np.searchsorted(fpr, 0.3)
print(
    f"{auroc(np.array(anomalous), np.array(scores)):.4f} {auroc((masks == 255).ravel(), maps.ravel()):.4f}"
    f" {np.trapezoid(pro[:end], fpr[:end]) / 0.3:.4f}"
)
