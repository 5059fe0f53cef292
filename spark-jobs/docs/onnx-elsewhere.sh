#!/usr/bin/env bash
# Makes the table of onnx-elsewhere.md again: how far programs that open a model.onnx are from ONNX
# Runtime, on the same noise. Needs Python 3.11, Node 20, their package registries and a gigabyte in a
# temporary folder; not part of the checks.
#
#   spark-jobs/docs/onnx-elsewhere.sh OUT/models/CATEGORY/model.onnx
set -euo pipefail

model="$(realpath "${1:?the model.onnx to open}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
cp "$model" model.onnx

python3 -m venv env
pip=(env/bin/pip --quiet --disable-pip-version-check install)
"${pip[@]}" numpy==2.3.5 onnxruntime==1.32.0 onnx==1.23.2 sympy==1.14.0 openvino==2026.4.1 \
  opencv-python-headless==5.0.0.93 ncnn==1.0.20261020
# Its converter is a program of its own; only its Python interface asks for PyTorch.
"${pip[@]}" --no-deps pnnx==20261020
npm --silent --no-fund --no-audit install onnxruntime-web@1.30.0 >/dev/null

cat >reference.py <<'PY'
import sys

import numpy as np
import onnxruntime as ort

session = ort.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
metadata = session.get_modelmeta().custom_metadata_map
side = int(metadata.get("image.size", 128))
channels = session.get_inputs()[0].shape[1]
# High frequencies lie about zero.
noise = np.random.default_rng(7).normal(0, 0.1, (1, channels, side, side)).astype(np.float32)
np.save("input.npy", noise)
noise.tofile("input.bin")
restored = session.run(None, {session.get_inputs()[0].name: noise})[0]
np.save("reference.npy", restored)
flags = open("/proc/cpuinfo").read() if sys.platform == "linux" else ""
print(f"input {noise.shape}, output from {restored.min():.3f} to {restored.max():.3f}")
print("bfloat16 in this processor:", [f for f in ("amx_bf16", "avx512_bf16") if f in flags] or "no")
PY

cat >others.py <<'PY'
import glob
import subprocess

import cv2
import ncnn
import numpy as np
import openvino as ov
from onnxruntime.quantization.shape_inference import quant_pre_process

noise, reference = np.load("input.npy"), np.load("reference.npy")


def row(name, run):
    try:
        difference = np.abs(np.asarray(run(), np.float32).reshape(reference.shape) - reference)
        print(f"| {name} | {difference.max():.1e} | {difference.mean():.1e} |", flush=True)
    except Exception as e:  # A program that refuses is a row, too.
        print(f"| {name} | {type(e).__name__}: {str(e).splitlines()[0][:80]} | |", flush=True)


def opencv(engine):
    net = cv2.dnn.readNetFromONNX("model.onnx", engine)
    net.setInput(noise)
    return net.forward()


def openvino(precision):
    core = ov.Core()
    settings = {"INFERENCE_PRECISION_HINT": precision} if precision else {}
    return core.compile_model(core.read_model("model.onnx"), "CPU", settings)([noise])[0]


def converted(half_file, **options):
    name = "half" if half_file else "full"
    subprocess.run(
        [
            glob.glob("env/lib/python3*/site-packages/pnnx/pnnx")[0],
            "model.onnx",
            f"inputshape=[{','.join(map(str, noise.shape))}]",
            f"fp16={int(half_file)}",
            f"ncnnparam={name}.param",
            f"ncnnbin={name}.bin",
        ],
        check=True,
        capture_output=True,
    )
    net = ncnn.Net()
    for option, value in options.items():
        setattr(net.opt, option, value)
    net.load_param(f"{name}.param")
    net.load_model(f"{name}.bin")
    extractor = net.create_extractor()
    # The Mat does not keep the array alive.
    held = noise[0].copy()
    extractor.input(net.input_names()[0], ncnn.Mat(held))
    return np.array(extractor.extract(net.output_names()[0])[1])


no_halves = dict(use_fp16_packed=False, use_fp16_storage=False, use_fp16_arithmetic=False)
print("| program and settings | largest difference | mean |")
print("| --- | --- | --- |")
row("OpenCV 5.0 DNN, default engine", lambda: opencv(cv2.dnn.ENGINE_AUTO))
row("OpenCV 5.0 DNN, ENGINE_CLASSIC", lambda: opencv(cv2.dnn.ENGINE_CLASSIC))
row("OpenVINO 2026.4, INFERENCE_PRECISION_HINT=f32", lambda: openvino("f32"))
row("OpenVINO 2026.4, default", lambda: openvino(None))
row("pnnx and ncnn 20261020, as they are", lambda: converted(True))
row("the same, use_fp16_* off", lambda: converted(True, **no_halves))
row("pnnx fp16=0 and ncnn, use_fp16_* off", lambda: converted(False, **no_halves))
row("pnnx fp16=0 and ncnn", lambda: converted(False))
row("pnnx fp16=0 and ncnn, use_bf16_storage", lambda: converted(False, use_bf16_storage=True))
try:
    quant_pre_process("model.onnx", "prepared.onnx")
    print("ONNX Runtime's quant_pre_process takes it")
except Exception as e:
    print(f"ONNX Runtime's quant_pre_process: {e}")
PY

cat >web.mjs <<'JS'
import fs from "node:fs";
import * as ort from "onnxruntime-web";

const sizes = process.argv[2].split(",").map(Number);
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(fs.readFileSync("model.onnx"), {
  executionProviders: ["wasm"],
});
const values = new Float32Array(fs.readFileSync("input.bin").buffer.slice(0));
const input = new ort.Tensor("float32", values, sizes);
const result = await session.run({ [session.inputNames[0]]: input });
fs.writeFileSync("web.bin", Buffer.from(result[session.outputNames[0]].data.buffer));
JS

env/bin/python reference.py
env/bin/python others.py 2>warnings.txt
node web.mjs "$(env/bin/python -c 'import numpy; print(*numpy.load("input.npy").shape, sep=",")')"
env/bin/python - <<'PY'
import numpy as np

reference = np.load("reference.npy")
difference = np.abs(np.fromfile("web.bin", np.float32).reshape(reference.shape) - reference)
print(f"| onnxruntime-web 1.30 (WebAssembly) | {difference.max():.1e} | {difference.mean():.1e} |")
PY
