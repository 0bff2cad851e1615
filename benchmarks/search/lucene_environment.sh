#!/usr/bin/env bash
# Fetch Lucene for the benchmark of the search: the jar inside the wheel of pyserini (Apache-2.0), in var/benchmarks/lucene.
#
# 180 MB to load, 190 MB on disk. It also needs a Java development kit 17 or later, which is not fetched.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=var/benchmarks/lucene
mkdir -p "$folder"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --python-version 3.12 --only-binary=:all: \
  --dest "$folder" "pyserini==0.40.0"
python3 -m zipfile -e "$folder"/pyserini-*.whl "$folder"
find "$folder" -name '*-fatjar.jar' -exec mv {} "$folder/lucene.jar" \;
find "$folder" -mindepth 1 ! -name lucene.jar -delete
