"""Do these bytes carry the checksum they claim?

FIT uses CRC-16/ARC: polynomial x^16 + x^15 + x^2 + 1, the bits reflected, starting from 0. One byte at a time in
Python takes longer than everything else this package does, so it is done in numpy, with three facts:

- A CRC that starts from 0 is linear over XOR, and leading zero bytes do not change it.
- The polynomial is (x + 1)(x^15 + x + 1), and divides x^32767 + 1: what stands 32767 bytes further to the front counts
  the same. So all blocks of 32767 bytes, counted from the end, may be laid over one another with XOR.
- Pushing a word of 16 bits through the register is a linear map T, so the CRC of words w0..wn-1 is
  T(wn-1) ^ T(T(wn-2)) ^ ... The sum is folded like a tournament: neighbours a, b become T(a) ^ b, which halves the
  number of words; the next round uses T applied twice as often, and so on, until one word is left.
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint16]

PERIOD_BYTES = 32767


def _table() -> Words:
    """Return what one byte does to the register, for every byte."""
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ 0xA001, table >> 1).astype(np.uint16)
    return table


def _apply(low: Words, high: Words, words: Words) -> Words:
    mapped: Words = low[words & 255] ^ high[words >> 8]
    return mapped


def _rounds() -> list[tuple[Words, Words]]:
    """Return T of each round for the low and for the high byte of a word: T(w) = low[w & 255] ^ high[w >> 8]."""
    byte = _table()
    low, high = (byte >> 8) ^ byte[byte & 255], byte
    rounds = [(low, high)]
    while 2 << len(rounds) < PERIOD_BYTES:
        low, high = _apply(low, high, low), _apply(low, high, high)
        rounds.append((low, high))
    return rounds


_ROUNDS = _rounds()


def crc16(raw: bytes | memoryview) -> int:
    """Return the FIT checksum of these bytes.

    Source: FIT protocol, section CRC; CRC-16/ARC.
    """
    words = _overlaid(np.frombuffer(raw, dtype=np.uint8))
    for low, high in _ROUNDS:
        if len(words) <= 1:
            break
        if len(words) % 2:
            words = np.concatenate((np.zeros(1, np.uint16), words))
        words = _apply(low, high, words[0::2]) ^ words[1::2]
    return int(_apply(*_ROUNDS[0], words)[0]) if len(words) else 0


def _overlaid(raw: NDArray[np.uint8]) -> Words:
    """Return the words of one block that has the same checksum as the whole."""
    first = len(raw) % PERIOD_BYTES
    blocks = len(raw) // PERIOD_BYTES
    size = PERIOD_BYTES if blocks else first
    block = np.zeros(size + size % 2, dtype=np.uint8)
    if blocks:
        block[-size:] = np.bitwise_xor.reduce(raw[first:].reshape(blocks, PERIOD_BYTES), axis=0)
    if first:
        block[-first:] ^= raw[:first]
    return block.view("<u2").astype(np.uint16, copy=False)
