"""Fitting of the weights of the reader of names; run by ``tools/fit_names.py``."""
