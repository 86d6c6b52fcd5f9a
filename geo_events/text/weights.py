"""The fitted numbers of the reader of names: of the span filter, the ranking and the score.

They stand in ``name_weights.json`` beside this module. ``tools/fit_names.py`` writes that file from
annotated corpora; what it was fitted on is told in it, and in the model card of the documentation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NameWeights", "load_weights"]


@dataclass(frozen=True, slots=True, eq=False)
class NameWeights:
    """The numbers of three linear models, by the names of their features.

    Parameters
    ----------
    spans : mapping of str to float
        Of the filter of spans (logistic); a feature that is not named weighs nothing.
    ranking : mapping of str to float
        Of the ranking of candidates (conditional logit).
    score : mapping of str to float
        Of the score of a mention (logistic).
    """

    spans: Mapping[str, float]
    ranking: Mapping[str, float]
    score: Mapping[str, float]

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> NameWeights:
        """Make the weights from the tree of a file.

        Parameters
        ----------
        tree : mapping
            With the mappings `spans`, `ranking` and `score`; other keys are notes.

        Returns
        -------
        NameWeights
            The same numbers.
        """
        return cls(tree["spans"], tree["ranking"], tree["score"])


@lru_cache(maxsize=1)
def load_weights() -> NameWeights:
    """Read the weights that stand beside this module; cached.

    Returns
    -------
    NameWeights
        As fitted on all of the annotated corpora.
    """
    path = Path(__file__).with_name("name_weights.json")
    return NameWeights.from_json(json.loads(path.read_text(encoding="utf-8")))
