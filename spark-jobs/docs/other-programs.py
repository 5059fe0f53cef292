#!/usr/bin/env python3
"""The tables of other-programs.md: figures of the same maps by this product and by others.

    python3 -m venv env
    env/bin/pip install torch==2.15.0 anomalib==2.7.0 torchmetrics==1.9.0 scikit-learn==1.9.1 matplotlib==3.11.2 numpy==2.3.5 pyarrow==25.0.1
    env/bin/pip install --no-deps ADEval==1.1.0
    ./submit.sh demo --set output.root=OUT
    env/bin/python spark-jobs/docs/other-programs.py OUT

OUT is any output root with maps/ and metrics/. Needs no GPU; takes about two minutes for the demonstration's 72 maps.
"""
import json
import math
import sys
import warnings

import numpy as np
import pyarrow.dataset
import torch
from scipy import ndimage
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

warnings.simplefilter('ignore')
np.trapz = np.trapezoid  # ADEval 1.1.0 calls it by the name that NumPy 2.4 no longer has
from adeval import EvalAccumulator  # noqa: E402
from anomalib.data import ImageBatch  # noqa: E402
from anomalib.metrics import AUPIMO, AUPR, AUPRO, AUROC, F1Max  # noqa: E402
from torchmetrics.functional.classification import binary_auroc  # noqa: E402

EIGHT = np.ones((3, 3))


def load(root, category):
    """Returns image scores, labels, maps[n][H][W] and masks[n][H][W] (0..255)."""
    table = pyarrow.dataset.dataset(root + '/maps', partitioning='hive').to_table(
        columns=['image_id', 'category', 'label', 'score', 'height', 'width', 'map', 'mask'])
    rows = sorted((r for r in table.to_pylist() if r['category'] == category), key=lambda r: r['image_id'])
    shape = rows[0]['height'], rows[0]['width']
    maps = np.stack([np.frombuffer(r['map'], '<f4').reshape(shape) for r in rows])
    masks = np.stack([np.frombuffer(r['mask'], np.uint8).reshape(shape) if r['mask'] else np.zeros(shape, np.uint8) for r in rows])
    return np.array([r['score'] for r in rows], np.float32), np.array([r['label'] for r in rows]), maps, masks


def area(x, y, limit):
    """Area under straight lines from (0, 0) up to a limit of x, as a fraction of it."""
    x, y = np.concatenate([[0.0], x]), np.concatenate([[0.0], y])
    last = np.searchsorted(x, limit, 'left')
    if last < len(x):
        before = x[last - 1]
        end = y[last] if x[last] == before else y[last - 1] + (y[last] - y[last - 1]) * (limit - before) / (x[last] - before)
        x, y = np.append(x[:last], limit), np.append(y[:last], end)
    return np.trapezoid(y, x) / limit


def regions(masks, structure=EIGHT):
    """Numbers of the regions, different in all images."""
    labels, count = np.zeros(masks.shape, int), 0
    for i, mask in enumerate(masks):
        found, n = ndimage.label(mask, structure)
        labels[i] = np.where(found > 0, found + count, 0)
        count += n
    return labels


def exact_aupro(maps, masks, limit=0.3, structure=EIGHT):
    labels = regions(masks, structure).ravel()
    if labels.max() == 0 or (labels == 0).sum() == 0:
        return math.nan
    sizes = np.bincount(labels)
    weights = np.where(labels > 0, 1.0 / sizes[labels] / (len(sizes) - 1), 0)
    order = np.argsort(-maps.ravel(), kind='stable')
    scores = maps.ravel()[order]
    ends = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    x = np.cumsum(labels[order] == 0)[ends] / (labels == 0).sum()
    return area(x, np.cumsum(weights[order])[ends], limit)


def mvtec_aupro(maps, masks, limit=0.3, thresholds=None):
    """The published evaluation code's method: ranks of the normal scores for false-positive rates."""
    labels = regions(masks)
    normal = np.sort(maps[labels == 0])
    picks = np.arange(len(normal)) if thresholds is None else np.linspace(0, len(normal) - 1, thresholds).astype(int)
    x = (1 - (picks + 1) / len(normal))[::-1]
    overlap = np.zeros(len(picks))
    for label in range(1, labels.max() + 1):
        found = np.sort(maps[labels == label])
        overlap += 1 - np.searchsorted(found, normal[picks], 'right') / len(found)
    return area(x, overlap[::-1] / labels.max(), limit)


def copied_aupro(maps, masks, limit=0.3, steps=200):
    """Widely copied code: equal steps of the score, rates below the limit alone, stretched to [0, 1]."""
    labels = regions(masks)
    x, y = [], []
    for threshold in np.arange(maps.min(), maps.max(), (maps.max() - maps.min()) / steps):
        above = maps > threshold
        rate = above[labels == 0].mean()
        overlap = ndimage.mean(above.astype(float), labels, np.arange(1, labels.max() + 1)).mean()
        x.append(rate), y.append(overlap)
    x, y = np.array(x), np.array(y)
    x, y = x[x < limit], y[x < limit]
    if len(x) < 2 or x.max() == 0:
        return 0.0
    order = np.argsort(x / x.max())
    return np.trapezoid(y[order], (x / x.max())[order])


def exact_aupimo(maps, labels, masks, low=1e-5, high=1e-4):
    normal = np.sort(maps[labels == 0].ravel())[::-1]
    if len(normal) < 1 / low:
        return math.nan
    values, starts = np.unique(-normal, return_index=True)
    x0 = starts / len(normal)
    x1 = np.append(starts[1:], len(normal)) / len(normal)
    total, count = 0.0, 0
    for image, mask in zip(maps[labels == 1], masks[labels == 1]):
        found = np.sort(image[mask])[::-1]
        if len(found) == 0:
            continue
        y0 = np.searchsorted(-found, values, 'left') / len(found)
        y1 = np.searchsorted(-found, values, 'right') / len(found)
        a, b = np.maximum(x0, low), np.minimum(x1, high)
        use = b > a
        slope = (y1 - y0)[use] / (x1 - x0)[use]
        total += np.sum((y0[use] - slope * x0[use]) * np.log(b[use] / a[use]) + slope * (b - a)[use])
        count += 1
    return total / count / math.log(high / low)


def attempt(function):
    """Returns a number, or the name of the error."""
    try:
        value = float(function())
        return 'not defined' if math.isnan(value) else f'{value:.6f}'
    except Exception as error:  # the table says what other programs do, also where they fail
        return type(error).__name__


def batch(scores, labels, maps, masks):
    tensor = torch.from_numpy
    return ImageBatch(
        image=torch.zeros(len(maps), 3, *maps.shape[1:]), pred_score=tensor(scores.copy()), gt_label=tensor(labels.astype(bool)),
        anomaly_map=tensor(maps.copy()), gt_mask=tensor(masks.copy()))


def anomalib(kind, scores, labels, maps, masks, pixels, **settings):
    metric = kind(fields=['anomaly_map', 'gt_mask'] if pixels else ['pred_score', 'gt_label'], **settings)
    metric.update(batch(scores, labels, maps, masks))
    return metric.compute()


def adeval(scores, labels, maps, masks, strips=1000):
    # It refuses equal image scores also where only pixels are asked for.
    highest = float(scores.max()) if scores.max() > scores.min() else float(scores.min()) + 1
    accumulator = EvalAccumulator(float(scores.min()), highest, float(maps.min()), float(maps.max()), nstrips=strips)
    for one, mask in zip(maps, masks):
        accumulator.add_anomap(one, mask.astype(np.uint8))
    for score, label in zip(scores, labels):
        accumulator.add_image(float(score), int(label))
    return accumulator.summary()


def best_f1(scores, labels):
    precision, recall, _ = precision_recall_curve(labels, scores)
    return np.max(2 * precision * recall / np.maximum(precision + recall, 1e-30))


def table(heads, rows):
    print('| ' + ' | '.join(heads) + ' |')
    print('| --- |' + ' --: |' * (len(heads) - 1))
    for row in rows:
        print('| ' + ' | '.join(row) + ' |')
    print()


def compare(root):
    with open(root + '/metrics/metrics.json') as file:
        measured = json.load(file)['categories']
    names = list(measured)
    data = {name: load(root, name) for name in names}
    above = {'above 0': lambda m: m > 0, 'above half': lambda m: m >= 128, 'full white': lambda m: m == 255}
    product = lambda key: [f'{measured[n][key]:.6f}' if measured[n].get(key) is not None else 'not defined' for n in names]

    def row(what, function, mask=above['above half']):
        return [what] + [attempt(lambda: function(*data[n][:3], mask(data[n][3]))) for n in names]

    print('AUPRO to 0.3\n')
    table([''] + names, [
        ['product, `aupro` (reference: above 0)'] + product('aupro'),
        ['product, `aupro_half`'] + product('aupro_half'),
        *[row('exact by sorting, ' + w, lambda s, l, m, k: exact_aupro(m, k), f) for w, f in above.items()],
        row('exact, above half, 4-connected regions', lambda s, l, m, k: exact_aupro(m, k, structure=None)),
        row("MVTec's method, every threshold", lambda s, l, m, k: mvtec_aupro(m, k)),
        row('the same, 100 thresholds', lambda s, l, m, k: mvtec_aupro(m, k, thresholds=100)),
        row('the same, 200 thresholds', lambda s, l, m, k: mvtec_aupro(m, k, thresholds=200)),
        row('widely copied code: 200 equal steps, cut below 0.3, stretched', lambda s, l, m, k: copied_aupro(m, k)),
        row('anomalib, above half', lambda s, l, m, k: anomalib(AUPRO, s, l, m, k, True)),
        row('ADEval, above half', lambda s, l, m, k: adeval(s, l, m, k)['p_aupro']),
        row('ADEval, 10 000 strips', lambda s, l, m, k: adeval(s, l, m, k, 10_000)['p_aupro'])])
    print('AUPRO to 0.05\n')
    table([''] + names, [
        ['product, `aupro_05`'] + product('aupro_05'),
        row('exact by sorting, above half', lambda s, l, m, k: exact_aupro(m, k, 0.05)),
        row('anomalib, above half', lambda s, l, m, k: anomalib(AUPRO, s, l, m, k, True, fpr_limit=0.05))])
    print('Pixel AUROC\n')
    table([''] + names, [
        ['product, `pixel_auroc` (reference: full white)'] + product('pixel_auroc'),
        ['product, `pixel_auroc_half`'] + product('pixel_auroc_half'),
        *[row('scikit-learn, ' + w, lambda s, l, m, k: roc_auc_score(k.ravel(), m.ravel()), f) for w, f in above.items()],
        row('anomalib, above half', lambda s, l, m, k: anomalib(AUROC, s, l, m, k, True)),
        row('ADEval, above half', lambda s, l, m, k: adeval(s, l, m, k)['p_auroc']),
        row('torchmetrics, 100 thresholds', lambda s, l, m, k: binary_auroc(torch.from_numpy(m.ravel().copy()), torch.from_numpy(k.ravel().astype(int)), thresholds=100)),
        row('torchmetrics, 1000 thresholds', lambda s, l, m, k: binary_auroc(torch.from_numpy(m.ravel().copy()), torch.from_numpy(k.ravel().astype(int)), thresholds=1000))])
    print('Average precision and best F1, above half\n')
    table([''] + names, [
        ['product, `image_ap`'] + product('image_ap'),
        row('scikit-learn', lambda s, l, m, k: average_precision_score(l, s)),
        row('anomalib, AUPR', lambda s, l, m, k: anomalib(AUPR, s, l, m, k, False)),
        row('ADEval, i_aupr', lambda s, l, m, k: adeval(s, l, m, k)['i_aupr']),
        ['product, `pixel_ap`'] + product('pixel_ap'),
        row('scikit-learn', lambda s, l, m, k: average_precision_score(k.ravel(), m.ravel())),
        row('anomalib, AUPR', lambda s, l, m, k: anomalib(AUPR, s, l, m, k, True)),
        row('ADEval, p_aupr', lambda s, l, m, k: adeval(s, l, m, k)['p_aupr']),
        ['product, `image_f1_max`'] + product('image_f1_max'),
        row('scikit-learn', lambda s, l, m, k: best_f1(s, l)),
        row('anomalib, F1Max', lambda s, l, m, k: anomalib(F1Max, s, l, m, k, False)),
        ['product, `pixel_f1_max`'] + product('pixel_f1_max'),
        row('scikit-learn', lambda s, l, m, k: best_f1(m.ravel(), k.ravel())),
        row('anomalib, F1Max', lambda s, l, m, k: anomalib(F1Max, s, l, m, k, True))])
    print('AUPIMO, above half\n')
    table([''] + names, [
        ['product, `aupimo`'] + product('aupimo'),
        row('exact', lambda s, l, m, k: exact_aupimo(m, l, k)),
        row('anomalib, 20 000 thresholds', lambda s, l, m, k: anomalib(AUPIMO, s, l, m, k, True, num_thresholds=20_000, return_average=True)),
        row('anomalib, 300 000 thresholds', lambda s, l, m, k: anomalib(AUPIMO, s, l, m, k, True, num_thresholds=300_000, return_average=True))])
    return data[names[0]]


def degenerate(scores, labels, maps, masks):
    masks = masks >= 128
    good, bad = labels == 0, labels == 1

    def changed(change_map=None, change_mask=None, keep=None):
        m, k, l = maps.copy(), masks.copy(), labels.copy()
        if change_map:
            m = change_map(m)
        if change_mask:
            k = change_mask(k)
        if keep is not None:
            m, k, l = m[keep], k[keep], l[keep]
        return m.max(axis=(1, 2)), l, m, k

    def single(k):
        for i in np.flatnonzero(bad):
            rest = np.argwhere(k[i])[1:]
            k[i][tuple(rest.T)] = False
        return k

    def whole(which):
        def change(k):
            k[np.flatnonzero(bad)[which]] = True
            return k
        return change

    def hot(m):
        m[np.flatnonzero(good)[0], 3, 3] = 100
        return m

    low, high = maps.min(), maps.max()
    inputs = {
        'as it is': changed(),
        'constant maps': changed(lambda m: np.full_like(m, 0.25)),
        '9 levels': changed(lambda m: np.round((m - low) / (high - low) * 8).astype(np.float32) / 8),
        'top 5 % clipped': changed(lambda m: np.minimum(m, np.quantile(m, 0.95).astype(np.float32))),
        'top 40 % clipped': changed(lambda m: np.minimum(m, np.quantile(m, 0.6).astype(np.float32))),
        'masks of one pixel': changed(change_mask=single),
        'one image wholly defective': changed(change_mask=whole(slice(0, 1))),
        'all defective images wholly': changed(change_mask=whole(slice(None))),
        'no good image': changed(keep=bad),
        'no defective image': changed(keep=good),
        'half-precision maps': changed(lambda m: m.astype(np.float16).astype(np.float32)),
        'one pixel of 100 in a good image': changed(hot)}
    methods = {
        'AUPRO to 0.3': [
            ('exact', lambda s, l, m, k: exact_aupro(m, k)),
            ('anomalib', lambda s, l, m, k: anomalib(AUPRO, s, l, m, k, True)),
            ('ADEval', lambda s, l, m, k: adeval(s, l, m, k)['p_aupro']),
            ("MVTec's method", lambda s, l, m, k: mvtec_aupro(m, k))],
        'Image AUROC': [
            ('exact', lambda s, l, m, k: roc_auc_score(l, s) if 0 < l.sum() < len(l) else math.nan),
            ('anomalib', lambda s, l, m, k: anomalib(AUROC, s, l, m, k, False)),
            ('ADEval', lambda s, l, m, k: adeval(s, l, m, k)['i_auroc'])],
        'Pixel AP': [
            ('exact', lambda s, l, m, k: average_precision_score(k.ravel(), m.ravel()) if k.any() else math.nan),
            ('anomalib', lambda s, l, m, k: anomalib(AUPR, s, l, m, k, True)),
            ('ADEval', lambda s, l, m, k: adeval(s, l, m, k)['p_aupr'])],
        'Pixel F1-max': [
            ('exact', lambda s, l, m, k: best_f1(m.ravel(), k.ravel()) if k.any() else math.nan),
            ('anomalib', lambda s, l, m, k: anomalib(F1Max, s, l, m, k, True))],
        'AUPIMO': [
            ('exact', lambda s, l, m, k: exact_aupimo(m, l, k) if k.any() else math.nan),
            ('anomalib', lambda s, l, m, k: anomalib(AUPIMO, s, l, m, k, True, num_thresholds=20_000, return_average=True))]}
    for name, columns in methods.items():
        print(f'{name}, masks above half\n')
        table(['input'] + [c for c, _ in columns], [[what] + [attempt(lambda: f(*values)) for _, f in columns] for what, values in inputs.items()])


if __name__ == '__main__':
    degenerate(*compare(sys.argv[1]))
