"""The path of the bundled case."""

from pathlib import Path

BUNDLED = Path(__file__).parent / "hama-2024.json"
"""The bundled case as shipped, which is never written."""
