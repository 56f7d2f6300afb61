"""Matrix, through an unpatched matrix-nio."""

from adapters.matrix.platform import MatrixPlatform

__all__ = ["MatrixPlatform"]
