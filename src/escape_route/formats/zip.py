"""Zip archives from anywhere: what one that cannot be read raises, whatever is wrong with it."""

from __future__ import annotations

import struct
import zipfile
import zlib

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
