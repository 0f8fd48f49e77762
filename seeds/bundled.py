"""Where the bundled case is."""

from pathlib import Path

BUNDLED = Path(__file__).parent / "hama-2024.json"
"""The bundled case as it is shipped; read, never written."""
