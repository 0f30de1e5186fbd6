"""Reads and writes safetensors files (https://github.com/huggingface/safetensors, format 1).

Eight bytes of header length, a JSON header, then the tensors, little-endian and row-major.
"""
import json
import struct

import numpy as np

_DTYPES = {"F16": np.float16, "F32": np.float32, "I64": np.int64}
_NAMES = {np.dtype(dtype): name for name, dtype in _DTYPES.items()}


def save(path, tensors, metadata=None):
    """Writes a dict of NumPy arrays in the order given."""
    header, offset = {}, 0
    if metadata:
        header["__metadata__"] = metadata
    for name, array in tensors.items():
        end = offset + array.nbytes
        header[name] = {
            "dtype": _NAMES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for array in tensors.values():
            file.write(np.ascontiguousarray(array).tobytes())


def metadata(path):
    """The texts by name that a file says of itself."""
    return _parts(path)[0].get("__metadata__", {})


def load(path):
    """Reads a file into a dict of NumPy arrays."""
    header, body = _parts(path)
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], _DTYPES[entry["dtype"]])
        .reshape(entry["shape"])
        .copy()
        for name, entry in header.items()
    }


def _parts(path):
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    return json.loads(raw[8 : 8 + length]), raw[8 + length :]
