"""The reader's network in torch: a transformer encoder, words pooled from pieces, and heads over words and pairs of words.

MPNet after Song et al. 2020 (relative positions in 32 buckets shared by all layers, no token types), BERT after Devlin et al.
2019; both read the weights' public names. `heads` are small and are run with numpy in the product (`pipelines.reader.heads`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from pipelines.reader.labels import FACTUALITIES, KINDS, MENTION, MODES, RELATIONS, SECTORS, STAGES, TYPES
from pipelines.reader.words import DISTANCES, PATHS, SIZES


@dataclass(frozen=True)
class Shape:
    """Of an encoder."""

    width: int
    inner: int
    attention_heads: int
    layers: int
    relative: bool  # MPNet's positions


MPNET = Shape(768, 3072, 12, 6, True)
MINILM = Shape(384, 1536, 12, 6, False)


class Layer(nn.Module):
    """One transformer layer, normalised after each part."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.attention_heads
        self.q, self.k, self.v, self.o = (nn.Linear(shape.width, shape.width) for _ in range(4))
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-5 if shape.relative else 1e-12)
        self.up, self.down = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-5 if shape.relative else 1e-12)

    def forward(self, x: Tensor, bias: Tensor, dropout: float) -> Tensor:
        """x (batch, pieces, width), bias (batch, heads, pieces, pieces) added to the attention."""
        b, n, w = x.shape
        q, k, v = (f(x).view(b, n, self.heads, w // self.heads).transpose(1, 2) for f in (self.q, self.k, self.v))
        scores = q @ k.transpose(-1, -2) / math.sqrt(w // self.heads) + bias.to(q.dtype)
        seen = self._dropped(torch.softmax(scores.float(), -1).to(v.dtype), dropout) @ v
        seen = self.o(seen.transpose(1, 2).reshape(b, n, w))
        x = self.attention_norm(x + self._dropped(seen, dropout))
        return self.norm(x + self._dropped(self.down(F.gelu(self.up(x))), dropout))

    def _dropped(self, x: Tensor, share: float) -> Tensor:
        """Dropout with a byte of chance a number, eight of them from one draw: drawing each alone took a tenth of a step."""
        if not self.training or not share:
            return x
        dropped = round(256 * share)
        drawn = torch.empty((x.numel() + 7) // 8, dtype=torch.int64).random_(-(2**63), None).view(torch.uint8)
        kept = (drawn[: x.numel()] >= dropped).view(x.shape)
        return x * kept * (256 / (256 - dropped))


class Encoder(nn.Module):
    """Word pieces to vectors."""

    def __init__(self, shape: Shape, vocabulary: int) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(vocabulary, shape.width)
        self.positions = nn.Embedding(514 if shape.relative else 512, shape.width)
        self.first_norm = nn.LayerNorm(shape.width, eps=1e-5 if shape.relative else 1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        if shape.relative:
            self.relative = nn.Embedding(32, shape.attention_heads)

    def embed(self, pieces: Tensor) -> Tensor:
        """(batch, pieces) to (batch, pieces, width), before the first layer."""
        at = torch.arange(pieces.shape[1]) + (2 if self.shape.relative else 0)
        return self.first_norm(self.pieces(pieces) + self.positions(at))

    def bias(self, mask: Tensor) -> Tensor:
        """(batch, pieces) of 1 and 0 to what is added to attention: (batch, 1 or heads, pieces, pieces)."""
        hidden = (1.0 - mask.float())[:, None, None, :] * -1e4
        if not self.shape.relative:
            return hidden
        return hidden + self.relative(buckets(mask.shape[1])).permute(2, 0, 1)[None]

    def forward(self, x: Tensor, mask: Tensor, start: int = 0, stop: int | None = None, dropout: float = 0.1) -> Tensor:
        """Run layers start:stop over embedded pieces."""
        bias = self.bias(mask)
        for layer in self.layers[start:stop]:
            x = layer(x, bias, dropout)
        return x


def buckets(length: int, count: int = 32, longest: int = 128) -> Tensor:
    """MPNet's relative positions: exact up to 8 either side, then in logarithmic buckets; (length, length)."""
    at = torch.arange(length)
    away = at[:, None] - at[None, :]  # query minus key
    half = count // 2
    found = (away < 0).long() * half
    away = away.abs()
    exact = half // 2
    far = exact + (torch.log(away.float().clamp(min=1) / exact) / math.log(longest / exact) * (half - exact)).long()
    return found + torch.where(away < exact, away, far.clamp(max=half - 1))


def load_encoder(path: Path, shape: Shape) -> Encoder:
    """An encoder with the first layers of published weights (model.safetensors of MPNet or BERT)."""
    found = {k.removeprefix("mpnet.").removeprefix("bert."): v.float() for k, v in load_file(path).items()}
    encoder = Encoder(shape, found["embeddings.word_embeddings.weight"].shape[0])
    own: dict[str, Tensor] = {
        "pieces.weight": found["embeddings.word_embeddings.weight"],
        "positions.weight": found["embeddings.position_embeddings.weight"],
        "first_norm.weight": found["embeddings.LayerNorm.weight"],
        "first_norm.bias": found["embeddings.LayerNorm.bias"],
    }
    if shape.relative:
        own["relative.weight"] = found["encoder.relative_attention_bias.weight"]
        parts = {
            "q": "attention.attn.q",
            "k": "attention.attn.k",
            "v": "attention.attn.v",
            "o": "attention.attn.o",
            "attention_norm": "attention.LayerNorm",
        }
    else:
        own["pieces.weight"] = own["pieces.weight"].clone()
        own["positions.weight"] = own["positions.weight"] + found["embeddings.token_type_embeddings.weight"][0]
        parts = {
            "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
            "o": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
        }  # fmt: skip
    parts |= {"up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm"}
    for i in range(shape.layers):
        for mine, theirs in parts.items():
            for kind in ("weight", "bias"):
                own[f"layers.{i}.{mine}.{kind}"] = found[f"encoder.layer.{i}.{theirs}.{kind}"]
    encoder.load_state_dict(own)
    return encoder


class Heads(nn.Module):
    """Over word vectors: trigger type and mention of each word; mode, factuality, kind, stage, sector of anchors; links of pairs."""

    def __init__(self, width: int, inner: int = 256, pair: int = 192, dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = dropout
        self.word = nn.Linear(width, inner)
        self.codes = nn.ModuleList(nn.Embedding(n, inner) for n in SIZES)
        self.word_norm = nn.LayerNorm(inner)
        self.trigger = nn.Linear(inner, 1 + len(TYPES))
        self.mention = nn.Linear(inner, 4)
        self.anchor = nn.Linear(inner, inner)
        self.mode = nn.Linear(inner, 1 + len(MODES))
        self.factuality = nn.Linear(inner, len(FACTUALITIES))
        self.kind = nn.Linear(inner, len(KINDS))
        self.stage = nn.Linear(inner, len(STAGES))
        self.sector = nn.Linear(inner, len(SECTORS))
        self.pair_anchor, self.pair_word = nn.Linear(inner, pair), nn.Linear(inner, pair)
        self.pair_product = nn.Linear(inner, pair, bias=False)
        self.pair_type = nn.Embedding(1 + MENTION, pair)
        self.pair_path, self.pair_distance = nn.Embedding(PATHS, pair), nn.Embedding(DISTANCES, pair)
        self.link = nn.Linear(pair, len(RELATIONS))
        self.path_bias = nn.Embedding(PATHS, len(RELATIONS))
        for table in (*self.codes, self.pair_type, self.pair_path, self.pair_distance):
            nn.init.normal_(table.weight, std=0.05)
        nn.init.zeros_(self.path_bias.weight)

    def words(self, h: Tensor, codes: Tensor) -> Tensor:
        """h (words, width) and codes (words, 5) to (words, inner)."""
        x = self.word(F.dropout(h, self.dropout, self.training))
        for i, table in enumerate(self.codes):
            x = x + table(codes[:, i])
        return F.dropout(F.gelu(self.word_norm(x), approximate="tanh"), self.dropout, self.training)

    def anchors(self, x: Tensor) -> dict[str, Tensor]:
        """Scores of anchors' words (anchors, inner): a tensor (anchors, labels) a head."""
        a = F.dropout(F.gelu(self.anchor(x), approximate="tanh"), self.dropout, self.training)
        return {name: getattr(self, name)(a) for name in ("mode", "factuality", "kind", "stage", "sector")}

    def links(self, anchor: Tensor, words: Tensor, type_: Tensor, paths: Tensor) -> Tensor:
        """Scores of pairs (pairs, relations) from anchors' and words' vectors (pairs, inner), types (pairs,), paths (pairs, 2)."""
        z = self.pair_anchor(anchor) + self.pair_word(words) + self.pair_product(anchor * words)
        z = z + self.pair_type(type_) + self.pair_path(paths[:, 0]) + self.pair_distance(paths[:, 1])
        z = F.dropout(F.gelu(z, approximate="tanh"), self.dropout, self.training)
        return self.link(z) + self.path_bias(paths[:, 0])
