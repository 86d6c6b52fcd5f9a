"""Two small linear models, fitted with a ridge: a logistic one and a conditional logit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["fit_choices", "fit_logistic"]

Described = "Mapping[str, float]"
_ROUNDS = 40
_DONE = 1e-5


def _tabulate(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    """Lay described rows out as a table, one column for each name."""
    index = {name: k for k, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for row, described in enumerate(rows):
        for name, value in described.items():
            table[row, index[name]] = value
    return table


def _list_names(rows: Sequence[Mapping[str, float]], least: int) -> list[str]:
    """List the features that occur in at least `least` rows."""
    counts: dict[str, int] = {}
    for described in rows:
        for name in described:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= least)


def fit_logistic(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[bool],
    importance: Sequence[float],
    ridge: float,
) -> dict[str, float]:
    """Fit a logistic model by Newton's method.

    Parameters
    ----------
    rows : sequence of mapping
        Features and values of each case.
    labels : sequence of bool
        Whether each case is one.
    importance : sequence of float
        How much each case counts.
    ridge : float
        How strongly weights are held to zero.

    Returns
    -------
    dict of str to float
        Weights by feature; rare features (fewer than 8 cases) are left out.
    """
    names = _list_names(rows, 8)
    known = set(names)
    x = _tabulate([{n: v for n, v in row.items() if n in known} for row in rows], names)
    y, weight = np.array(labels, dtype=float), np.array(importance)
    w = np.zeros(len(names))
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < _DONE:
            break
    return {name: round(float(value), 4) for name, value in zip(names, w, strict=True)}


def fit_choices(
    groups: Sequence[tuple[Sequence[Mapping[str, float]], Sequence[bool]]],
    importance: Sequence[float],
    ridge: float,
    expected: Mapping[str, float],
) -> dict[str, float]:
    """Fit a conditional logit: in each group, that one of the right candidates is chosen.

    Parameters
    ----------
    groups : sequence
        The described candidates of a name, and which of them are right.
    importance : sequence of float
        How much each group counts.
    ridge : float
        How strongly weights are held to what is expected.
    expected : mapping of str to float
        What weights are without evidence; 0 where nothing is named.

    Returns
    -------
    dict of str to float
        Weights by feature.
    """
    rows = [row for described, _ in groups for row in described]
    names = _list_names(rows, 8)
    known = set(names)
    flat = _tabulate([{n: v for n, v in row.items() if n in known} for row in rows], names)
    group = np.repeat(np.arange(len(groups)), [len(right) for _, right in groups])
    right = np.array([flag for _, flags in groups for flag in flags])
    weight = np.array(importance)
    center = np.array([expected.get(name, 0.0) for name in names])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        s = flat @ w
        top = np.full(len(groups), -np.inf)
        np.maximum.at(top, group, s)
        e = np.exp(s - top[group])
        whole = np.bincount(group, e)
        mass = np.bincount(group, e * right) + 1e-300
        p, q = e / whole[group], e * right / mass[group]
        value = float(
            -(weight * np.log(mass / whole)).sum() + ridge * ((w - center) @ (w - center)) / 2
        )
        return value, flat.T @ (weight[group] * (p - q)) + ridge * (w - center)

    w = minimize(loss, center, jac=True, method="L-BFGS-B").x
    return {name: round(float(value), 4) for name, value in zip(names, w, strict=True)}
