"""Any bytes, and any reader: a journey or a refusal. `make fuzz` looks for ten minutes, this for some seconds."""

from __future__ import annotations

import random
import sys

import pytest

from beside import IS_LONG, PROJECT

sys.path.insert(0, str(PROJECT / "tests" / "fuzz"))

from attempt import READ, SEEDS, attempt, seeds_of
from mutate import mutated as odd_within

#: What turns up where a reader looks for something else.
PIECES = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"1e999",
    b"-",
    b"nan",
    b"<",
    b"&#0;",
    b"]]>",
    b'"',
    b"{",
    b"[",
    b"null",
    b"\r\n",
    b"9" * 5000,
)
ROUNDS = 60 if IS_LONG else 20
SLOW = dict.fromkeys(["xlsx", "gpkg"], ROUNDS // 4)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Bytes with a few places cut out, doubled, overwritten or moved."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice([0, 1, 1, 4, 40, 400]))
        piece = chance.choice(
            [*PIECES, bytes(changed[start:end]) * 2, bytes([chance.randrange(256)])]
        )
        changed[start:end] = piece
    return bytes(changed)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_seed_and_what_once_failed_is_read_or_refused(path: object) -> None:
    for name in READ:
        attempt(name, path.read_bytes())  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", READ)
def test_our_own_seed_is_a_journey(name: str) -> None:
    assert any(attempt(name, path.read_bytes()) for path in seeds_of(name))


@pytest.mark.parametrize("name", READ)
def test_nothing_but_a_refusal_escapes_a_reader(name: str) -> None:
    chance = random.Random(name)  # noqa: S311  # the same changes at every run
    for path in seeds_of(name):
        for _ in range(SLOW.get(name, ROUNDS)):
            attempt(name, mutated(path.read_bytes(), chance))


@pytest.mark.parametrize("name", READ)
def test_odd_values_in_a_sound_file_are_read_or_refused(name: str) -> None:
    chance = random.Random(name)  # noqa: S311  # the same changes at every run
    for path in seeds_of(name):
        for _ in range(SLOW.get(name, ROUNDS)):
            attempt(name, odd_within(name, path.read_bytes(), chance) or b"")
