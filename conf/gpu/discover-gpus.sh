#!/usr/bin/env bash
# Prints this machine's NVIDIA GPUs as Spark's resource discovery reads them:
#
#   {"name": "gpu", "addresses": ["0", "1"]}
#
# Set as spark.executor.resource.gpu.discoveryScript (YARN, Kubernetes) or
# spark.worker.resource.gpu.discoveryScript (standalone). Numbers are nvidia-smi's, in the order of
# the PCI bus; where CUDA_VISIBLE_DEVICES names some, only those.
set -euo pipefail

if ! command -v nvidia-smi >/dev/null; then
  echo "discover-gpus.sh: no nvidia-smi on the PATH ($PATH): install NVIDIA's driver, or do not ask for GPUs here" >&2
  exit 1
fi
numbers="$(nvidia-smi --query-gpu=index --format=csv,noheader | tr -d ' \r')"

if [[ -n "${CUDA_VISIBLE_DEVICES:-}" ]]; then
  if [[ ! "$CUDA_VISIBLE_DEVICES" =~ ^[0-9]+(,[0-9]+)*$ ]]; then
    echo "discover-gpus.sh: CUDA_VISIBLE_DEVICES is '$CUDA_VISIBLE_DEVICES', expected numbers such as 0,1" >&2
    exit 1
  fi
  numbers="$(grep -Fx -f <(tr ',' '\n' <<<"$CUDA_VISIBLE_DEVICES") <<<"$numbers" || true)"
fi

addresses=''
while IFS= read -r number; do
  [[ -z "$number" ]] || addresses+="${addresses:+, }\"$number\""
done <<<"$numbers"
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
