"""Measurements: Parvis beside the bare libraries, side by side in one run. `make bench` runs them all.

One file per claim or family of claims; `measure` times, compares and prints; `parties` starts what is measured, each
in a process of its own; `slack_side` and `matrix_side` are the servers that put them under load.
"""
