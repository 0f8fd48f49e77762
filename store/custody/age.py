"""Encryption of a pack by age (its format 1), so that only its recipient reads it.

The bytes go through a pipe: to the program `age` where it is installed, else to the
library of the extra [age]. Nothing plain is written.
"""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from store.database import disk
from store.errors import ConflictError, UnfitMachine, UnwritableCase, UsageError

HEADER = b"age-encryption.org/"
"""The beginning of an encrypted file."""

_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_SECRET = "AGE-SECRET-KEY-"
_LINES = 3
"""The lines that are shown of what `age` says."""


def check_recipient(recipient: str) -> None:
    """Raise `UsageError` where this is no public key of age, `UnfitMachine` without any age."""
    if _RECIPIENT.fullmatch(recipient) is None:
        if recipient.upper().startswith(_SECRET):
            raise UsageError("this is a secret key of age", "use the public one: age1…")
        raise UsageError(
            f"{recipient!r} is not a public key of age",
            "it begins with age1 and has 62 letters; age-keygen shows it",
        )
    if shutil.which("age"):
        return
    try:
        from pyrage import RecipientError, x25519
    except ModuleNotFoundError as error:
        raise UnfitMachine(
            "neither the program age nor the extra [age] is installed, and one of them encrypts",
            "install age, or: pipx install '.[age]'",
        ) from error
    try:
        x25519.Recipient.from_str(recipient)
    except RecipientError as error:
        raise _mistyped(recipient) from error


def _mistyped(recipient: str) -> UsageError:
    return UsageError(f"{recipient} is not a public key of age: a letter is wrong", "copy it again")


@contextmanager
def new_pack(file: Path, recipient: str = "") -> Iterator[IO[bytes]]:
    """Open a new file of a pack for its owner only; encrypted for a recipient, if there is one.

    An encrypted one takes bytes one after another. Raises `UnwritableCase` where the
    encryption fails, and `OSError`.
    """
    disk.write_new(file, ())
    with file.open("r+b") as stream:
        if not recipient:
            yield stream
        elif age := shutil.which("age"):
            yield from _by_program(age, recipient, stream)
        else:
            yield from _by_library(recipient, stream)


def _by_program(age: str, recipient: str, stream: IO[bytes]) -> Iterator[IO[bytes]]:
    command = (age, "--encrypt", "--recipient", recipient)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=stream, stderr=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        assert program.stderr is not None
        broken = False
        try:
            yield program.stdin
            program.stdin.close()
        except BrokenPipeError:
            broken = True  # it says why
            with suppress(OSError):  # what it did not take is lost
                program.stdin.close()
        except BaseException:
            program.kill()
            raise
        said = program.stderr.read().decode("utf-8", "replace").splitlines()[:_LINES]
    if program.returncode or broken:
        raise _failed("; ".join(said) or f"age ended with the code {program.returncode}")


def _by_library(recipient: str, stream: IO[bytes]) -> Iterator[IO[bytes]]:
    import pyrage

    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def encrypt() -> None:
        with os.fdopen(reading, "rb") as source:
            try:
                pyrage.encrypt_io(source, stream, [pyrage.x25519.Recipient.from_str(recipient)])
            except BaseException as error:  # told by the other thread
                failed.append(error)

    thread = threading.Thread(target=encrypt, name="age")
    thread.start()
    try:
        with os.fdopen(writing, "wb") as pipe:
            yield pipe
    except BrokenPipeError as error:
        failed.append(error)  # after that of the thread
    finally:
        thread.join()
    if failed:
        raise _failed(str(failed[0])) from failed[0]


def _failed(why: str) -> ConflictError:
    return UnwritableCase(f"the pack cannot be encrypted ({why})", "nothing was written")


def is_encrypted(file: Path) -> bool:
    """Tell if a file is encrypted by age. Raises `OSError`."""
    with disk.open_to_read(file) as stream:
        return stream.read(len(HEADER)) == HEADER
