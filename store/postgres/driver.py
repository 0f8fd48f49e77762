"""The driver of PostgreSQL, which is an extra: without it one line says so."""

from types import ModuleType

from store.errors import UnfitMachine


def load_driver() -> ModuleType:
    """Import psycopg, when an address is opened. Raises `UnfitMachine` without the extra."""
    try:
        import psycopg
    except ImportError as error:
        raise UnfitMachine(
            f"a case on a server needs the extra [postgres] ({error})",
            "install it with: pipx install '.[postgres]'",
        ) from error
    return psycopg
