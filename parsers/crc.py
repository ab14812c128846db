"""Do these bytes carry the checksum they claim?

FIT uses CRC-16/ARC: polynomial 0x8005 with the bits reflected (0xA001), starting from 0. One byte at a time in
Python takes longer than everything else this package does, so it is done in numpy, with two facts about a CRC that
starts from 0: it is linear over XOR, and leading zero bytes do not change it.

Take the bytes as words of 16 bits. Pushing one word through the register is a linear map T, so the CRC of words
w0..wn-1 is T(wn-1) ^ T(T(wn-2)) ^ ... The sum is folded like a tournament: neighbours a, b become T(a) ^ b, which
halves the number of words; the next round uses T applied twice as often, and so on, until one word is left.
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint16]


def _table() -> Words:
    """Return what one byte does to the register, for every byte."""
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ 0xA001, table >> 1).astype(np.uint16)
    return table


def _word_maps() -> tuple[Words, Words]:
    """Return T for the low and for the high byte of a word: T(w) = low[w & 255] ^ high[w >> 8]."""
    byte = _table()
    return (byte >> 8) ^ byte[byte & 255], byte


_LOW, _HIGH = _word_maps()


def _apply(low: Words, high: Words, words: Words) -> Words:
    mapped: Words = low[words & 255] ^ high[words >> 8]
    return mapped


def crc16(raw: bytes | memoryview) -> int:
    """Return the FIT checksum of these bytes.

    Source: FIT protocol, section CRC; CRC-16/ARC.
    """
    words = np.frombuffer(bytes(len(raw) % 2) + raw, dtype="<u2").astype(np.uint16)
    if not len(words):
        return 0
    low, high = _LOW, _HIGH
    while len(words) > 1:
        if len(words) % 2:
            words = np.concatenate((np.zeros(1, np.uint16), words))
        words = _apply(low, high, words[0::2]) ^ words[1::2]
        low, high = _apply(low, high, low), _apply(low, high, high)
    return int(_apply(_LOW, _HIGH, words)[0])
