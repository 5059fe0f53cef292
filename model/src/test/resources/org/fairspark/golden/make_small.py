#!/usr/bin/python3
"""Makes small.zip: golden vectors of the method, computed apart from the Java code, with NumPy, OpenCV and PyTorch.

usage: make_small.py small.zip        (Debian: python3-numpy python3-opencv python3-torch; the tests need none of them)
Pictures are drawn from formulas and a fixed generator. The format is that of GoldenSet: manifest.json and .npy files.
"""
import io
import json
import sys
import zipfile

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

rng = np.random.default_rng(11)
torch.manual_seed(11)
torch.set_num_threads(1)
entries, files = [], {}


def put(name, value, role, atol=None, rtol=0.0, **params):
    entry = {"name": name, "role": role, "params": params}
    entry["tolerance"] = None if atol is None else {"atol": atol, "rtol": rtol}
    if np.isscalar(value) or isinstance(value, list):
        entry.update(file=None, value=value)
    else:
        array = np.ascontiguousarray(value.detach().numpy() if torch.is_tensor(value) else value)
        buffer = io.BytesIO()
        np.save(buffer, array)
        entry.update(file=name.replace("/", ".") + ".npy", shape=list(array.shape), dtype=str(array.dtype))
        files[entry["file"]] = buffer.getvalue()
    entries.append(entry)


def given(name, value, **params):
    put(name, value, "input", **params)


def wanted(name, value, atol, rtol=0.0, **params):
    put(name, value, "output", atol, rtol, **params)


def picture(h, w):
    """A striped, shaded plate with a spot: float32 HxWx3 in [0,1]."""
    y, x = np.mgrid[0:h, 0:w] / 16.0
    plate = np.stack([0.5 + 0.3 * np.sin(2 * x + y), 0.45 + 0.25 * np.cos(2 * y - x), 0.1 * x % 1.0], -1)
    plate[h // 3 : h // 2, w // 4 : w // 2] *= 0.4
    return np.clip(plate + 0.05 * rng.standard_normal((h, w, 3)), 0, 1).astype(np.float32)


def resizes():
    for name, (h, w), (oh, ow) in [("down", (37, 53), (16, 32)), ("up", (11, 9), (32, 16)), ("half", (32, 48), (16, 24))]:
        image = (picture(h, w) * 255).astype(np.uint8)
        given(f"a_resize/{name}/in", image)
        wanted(f"a_resize/{name}/out", cv2.resize(image, (ow, oh)), 0, out_h=oh, out_w=ow)


def distances(h, w):
    v, u = np.mgrid[0:h, 0:w]
    return np.sqrt((v - h // 2) ** 2 + (u - w // 2) ** 2)


def transfer(kind, d0, n, h, w):
    d = distances(h, w)
    if kind == "BHPF":
        return 1 / (1 + (d0 / (d + 1e-6)) ** (2 * n))
    if kind == "GHPF":
        return 1 - np.exp(-(d**2) / (2.0 * d0**2))
    return (d > d0).astype(float)


def filters():
    for name, (h, w) in [("even", (32, 32)), ("odd", (17, 23)), ("wide", (16, 40))]:
        gray = cv2.cvtColor(picture(h, w), cv2.COLOR_BGR2GRAY)
        given(f"b_filter/{name}/gray", gray)
        for kind, d0, n in [("BHPF", 5, 2), ("BHPF", 8, 3), ("GHPF", 5, None), ("IHPF", 5, None)]:
            mask = transfer(kind, d0, n, h, w)
            key = f"b_filter/{name}/{kind}{n or ''}_D{d0}"
            high = np.real(np.fft.ifft2(np.fft.ifftshift(np.fft.fftshift(np.fft.fft2(gray)) * mask)))
            wanted(key + "/H", mask, 1e-12, kind=kind, D0=d0, n=n)
            wanted(key + "/out", high.astype(np.float32), 1e-6, kind=kind, D0=d0, n=n)
    gray = cv2.cvtColor(picture(14, 18), cv2.COLOR_BGR2GRAY)
    given("c_sobel/gray", gray)
    for k in (3, 5):
        gx = cv2.Sobel(gray, cv2.CV_64F, 1, 0, ksize=k).astype(np.float32)
        gy = cv2.Sobel(gray, cv2.CV_64F, 0, 1, ksize=k).astype(np.float32)
        wanted(f"c_sobel/k{k}/gx", gx, 1e-5, ksize=k)
        wanted(f"c_sobel/k{k}/net_input_xy", np.stack([gx, gy]), 1e-5, ksize=k)


def window():
    g = torch.exp(-((torch.arange(11, dtype=torch.float64) - 5) ** 2) / (2 * 1.5**2))
    g = (g / g.sum()).float().double()
    return torch.outer(g, g)


def losses(rec, target):
    """l2, SSIM loss and the data range, in the precision of the arguments."""
    low, high = float(rec.min()), float(rec.max())
    span = (255 if high > 128 else 1) - (-1 if low < -0.5 else 0)
    win = window().to(rec.dtype)[None, None].expand(3, 1, 11, 11)
    mean = lambda t: F.conv2d(t, win, padding=5, groups=3)
    ma, mb = mean(rec), mean(target)
    va, vb, vab = mean(rec * rec) - ma * ma, mean(target * target) - mb * mb, mean(rec * target) - ma * mb
    c1, c2 = (0.01 * span) ** 2, (0.03 * span) ** 2
    s = (2 * ma * mb + c1) * (2 * vab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    return F.mse_loss(rec, target), 1 - s.mean(), span


def loss_cases():
    for name, h, w, offset in [("plain", 16, 16, 0.0), ("below", 20, 13, -1.2)]:
        target = torch.tensor(np.stack([picture(h, w).transpose(2, 0, 1) for _ in range(2)]))
        rec = (target + 0.1 * torch.randn_like(target) + offset * (torch.rand_like(target) < 0.01)).float()
        given(f"e_loss/{name}/target", target)
        given(f"e_loss/{name}/rec", rec)
        r = rec.double().requires_grad_()
        l2, ssim, span = losses(r, target.double())
        (gs,) = torch.autograd.grad(ssim, r, retain_graph=True)
        (gt,) = torch.autograd.grad(l2 + ssim, r)
        wanted(f"e_loss/{name}/l2_loss_f64", float(l2), 1e-8, 1e-6)
        wanted(f"e_loss/{name}/ssim_loss_f64", float(ssim), 1e-6)
        wanted(f"e_loss/{name}/total_loss_f64", float(l2 + ssim), 1e-6)
        wanted(f"e_loss/{name}/dynamic_range_L", span, 0)
        wanted(f"e_loss/{name}/grad_ssim_f64", gs, 1e-7)
        wanted(f"e_loss/{name}/grad_total_f64", gt, 1e-7)


def lab(bgr):
    """CIELAB of float64 NCHW in the channel order given (as if it were RGB)."""
    lin = torch.where(bgr > 0.04045, ((bgr.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4, bgr / 12.92)
    m = torch.tensor([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]]).double()
    xyz = torch.einsum("ij,njhw->nihw", m, lin) / torch.tensor([0.95047, 1, 1.08883]).double()[None, :, None, None]
    f = torch.where(xyz > 0.008856, xyz.clamp(min=0.008856) ** (1 / 3), 7.787 * xyz + 4 / 29)
    return torch.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], 1)


def gms(a, b):
    kx = torch.tensor([[1.0, 0, -1]] * 3).double()[None, None] / 3
    ky = kx.transpose(2, 3)
    grad = lambda t, k: F.conv2d(t, k.expand(3, 1, 3, 3), padding=1, groups=3)
    size = lambda t: torch.sqrt(grad(t, kx) ** 2 + grad(t, ky) ** 2 + 1e-12)
    ma, mb = size(a), size(b)
    return (2 * ma * mb + 0.0026) / (ma**2 + mb**2 + 0.0026 + 1e-12)


def anomaly_maps():
    for name, (h, w) in [("square", (32, 32)), ("wide", (24, 40))]:
        u8 = (picture(h, w) * 255).astype(np.uint8).transpose(2, 0, 1)[None]
        orig = torch.tensor(u8).double() / 255
        rec = (orig + 0.1 * torch.randn(orig.shape, dtype=torch.float64)).float()
        given(f"f_map/{name}/orig", u8)
        given(f"f_map/{name}/rec", rec)
        rec = rec.double()
        s0, s1 = gms(orig, rec), gms(F.avg_pool2d(orig, 2), F.avg_pool2d(rec, 2))
        up = F.interpolate(s1, size=(h, w), mode="bilinear", align_corners=False)
        msgms = (1 - (s0 + up) / 2).mean(1, keepdim=True)
        true = lambda t: lab(t.flip(1))
        mean = torch.ones(1, 1, 21, 21).double() / 441
        wanted(f"f_map/{name}/gms0", s0.float(), 5e-6)
        wanted(f"f_map/{name}/gms1", s1.float(), 5e-6)
        wanted(f"f_map/{name}/msgms", msgms.float(), 2e-6)
        wanted(f"f_map/{name}/lab_orig", lab(orig).float(), 2e-4)
        for tail, space in [("", lab), ("_true_rgb", true)]:
            d = (space(orig) - space(rec)) ** 2
            color = (d[:, 1] + d[:, 2])[:, None]
            smoothed = F.conv2d(msgms + 3e-4 * color, mean, padding=10)
            wanted(f"f_map/{name}/color{tail}", color.float(), 0.01, 1e-5)
            wanted(f"f_map/{name}/smoothed{tail}", smoothed.float(), 2e-5)
            wanted(f"f_map/{name}/image_score{tail}", float(smoothed.max()), 2e-5)


class Unet(nn.Module):
    def __init__(self, channels, c):
        super().__init__()
        unit = lambda i, o: [nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU()]
        encoder = [(channels, c), (c, 2 * c), (2 * c, 4 * c), (4 * c, 8 * c), (8 * c, 8 * c)]
        decoder = [(8 * c, 4 * c), (4 * c, 2 * c), (2 * c, c), (c, c)]
        self.encoder = nn.ModuleDict({f"block{k}": nn.Sequential(*unit(i, o), *unit(o, o)) for k, (i, o) in enumerate(encoder, 1)})
        self.decoder = nn.ModuleDict()
        for k, (i, o) in enumerate(decoder, 1):
            self.decoder[f"up{k}"] = nn.Sequential(nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True), *unit(i, i))
            self.decoder[f"db{k}"] = nn.Sequential(*unit(i, i), *unit(i, o))
        self.decoder["fin_out"] = nn.Sequential(nn.Conv2d(c, 3, 3, padding=1))

    def forward(self, x):
        skips = []
        for k in range(1, 6):
            x = self.encoder[f"block{k}"](x if k == 1 else F.max_pool2d(x, 2))
            skips.append(x)
        for k in range(1, 5):
            x = self.decoder[f"db{k}"](self.decoder[f"up{k}"](x) + skips[4 - k])
        return self.decoder["fin_out"](x)


def network():
    net = Unet(2, 2)
    for name, p in net.named_parameters():
        if p.dim() == 4:
            nn.init.normal_(p, 0, 0.2)
        elif name.endswith("weight"):
            nn.init.normal_(p, 1, 0.1)
    for name, b in net.named_buffers():
        if name.endswith("running_mean"):
            b.normal_(0, 0.1)
        elif name.endswith("running_var"):
            b.uniform_(0.5, 1.5)
    for name, value in net.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            given(f"g_unet/small/w/{name}", value.clone())
    x, target = 0.3 * torch.randn(2, 2, 32, 32), torch.rand(2, 3, 32, 32)
    given("g_unet/small/x", x)
    given("g_unet/small/target", target)
    net = net.double()
    net.eval()
    wanted("g_unet/small/y_eval", net(x.double()).float(), 1e-5, 1e-4)
    net.train()
    y = net(x.double())
    l2, ssim, _ = losses(y, target.double())
    (l2 + ssim).backward()
    wanted("g_unet/small/y_train", y.float(), 2e-4, 1e-4)
    for name in ("encoder.block1.1", "encoder.block5.4", "decoder.db4.4"):
        state = net.state_dict()
        for what in ("running_mean", "running_var"):
            wanted(f"g_unet/small/after_train_fwd/{name}.{what}", state[f"{name}.{what}"].float(), 1e-5, 1e-4)
    for key, value in [("loss", l2 + ssim), ("l2", l2), ("ssim", ssim)]:
        wanted(f"g_unet/small/{key}", float(value), 1e-5)
    for name, p in net.named_parameters():
        if name in ("encoder.block1.0.weight", "encoder.block4.1.weight", "decoder.up2.1.weight", "decoder.fin_out.0.bias"):
            wanted(f"g_unet/small/grad/{name}", p.grad.float(), 1e-5)
    adam = torch.optim.Adam(net.parameters(), 1e-3)
    adam.step()
    for name in ("decoder.fin_out.0.weight", "encoder.block1.1.weight"):
        wanted(f"g_unet/small/adam1/{name}", net.state_dict()[name].float(), 2e-5)


def areas(maps, masks):
    """AUROC by counting pairs; AUPRO by the exact curve, straight lines between its points."""
    pos, neg = maps[masks == 1], maps[masks < 1]
    auroc = ((pos[:, None] > neg).sum() + 0.5 * (pos[:, None] == neg).sum()) / (len(pos) * len(neg))
    ok = np.sort(maps[masks == 0])[::-1]
    regions = []
    for m, k in zip(maps, masks):
        count, labels = cv2.connectedComponents((k > 0).astype(np.uint8), connectivity=8)
        regions += [m[labels == i] for i in range(1, count)]
    fpr, pro = [0.0], [0.0]
    for t in np.unique(maps)[::-1]:
        fpr.append((ok >= t).mean())
        pro.append(np.mean([(r >= t).mean() for r in regions]))
    fpr, pro = np.array(fpr), np.array(pro)
    keep = fpr <= 0.3
    at = np.interp(0.3, fpr, pro)
    area = np.trapz(np.append(pro[keep], at), np.append(fpr[keep], 0.3)) / 0.3
    return auroc, area, len(regions), len(ok)


def metrics():
    for name, levels in [("continuous", None), ("ties", 7)]:
        masks = np.zeros((6, 12, 12), np.float32)
        masks[0, 2:5, 3:6] = masks[1, 8:11, 0:3] = masks[1, 0:2, 7:11] = masks[2, 5, 5] = masks[3, 9:12, 9:12] = 1
        masks[0, 2:5, 6] = masks[3, 8, 8] = 0.4
        maps = rng.random((6, 12, 12)) + 0.6 * masks
        if levels:
            maps = np.floor(maps * levels) / levels
        maps = maps.astype(np.float32)
        labels = (masks.reshape(6, -1).max(1) > 0).astype(float)
        auroc, aupro, regions, ok = areas(maps, masks)
        scores = maps.reshape(6, -1).max(1)
        good, bad = scores[labels == 0], scores[labels == 1]
        image = ((bad[:, None] > good).sum() + 0.5 * (bad[:, None] == good).sum()) / (len(bad) * len(good))
        for key, value in [("maps", maps), ("masks", masks), ("labels", labels)]:
            given(f"h_metrics/{name}/{key}", value)
        wanted(f"h_metrics/{name}/scores", scores, 0)
        wanted(f"h_metrics/{name}/image_auroc", float(image), 1e-12)
        wanted(f"h_metrics/{name}/pixel_auroc", float(auroc), 1e-10)
        wanted(f"h_metrics/{name}/aupro_exact", float(aupro), 1e-9)
        wanted(f"h_metrics/{name}/n_components", regions, 0)
        wanted(f"h_metrics/{name}/n_ok_pixels", ok, 0)


for stage in (resizes, filters, loss_cases, anomaly_maps, network, metrics):
    stage()
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
    out.writestr("manifest.json", json.dumps({"info": {"source": "make_small.py"}, "entries": entries}, indent=1))
    for name, data in files.items():
        out.writestr(name, data)
print(len(entries), "entries")
