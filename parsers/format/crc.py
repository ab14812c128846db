"""What is the checksum of these bytes?

FIT uses CRC-16/ARC. That is: take the message as a polynomial over the two numbers 0 and 1, one coefficient per bit,
append 16 zeros, and keep the remainder of a division by P = x^16 + x^15 + x^2 + 1. To do so byte by byte in Python
would take longer than everything else in this package. But P = (x + 1)(x^15 + x + 1), and modulo these two factors a
whole message can be reduced at once:

- Modulo x + 1 a polynomial is the parity of its bits.
- Modulo x^15 + x + 1, x^15 is x + 1. Squaring that again and again (over 0 and 1, squaring a sum squares its terms):
  x^30 is x^2 + 1, x^60 is x^4 + 1, and so on: x^(15 k) is x^k + 1 for every power of two k. So the bits before the
  last 15 k may be cut off and added in two places further back: a few operations on half a message at a time.
- The remainder modulo P is either the one modulo x^15 + x + 1, or that plus x^15 + x + 1; the parity decides which.

P divides x^32767 + 1, so a bit counts the same when it stands 32767 bits, or 32767 bytes, further to the front.
Therefore a long message is first divided into blocks of 32767 bytes, which are added up.
"""

import numpy as np
from numpy.typing import NDArray

PERIOD_BYTES = 32767

_BITS_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""CRC-16/ARC takes the lowest bit of each byte as the highest power, also in its result."""
_FACTOR = 1 << 15 | 1 << 1 | 1
_BYTES = (2048, 1024, 512, 256)
"""The k by which a long block is shortened, in whole bytes."""
_BITS = [(1 << power, (1 << (15 << power)) - 1) for power in reversed(range(12))]
"""The k by which the rest is shortened, in bits, each with a mask for the last 15 k bits."""

Bytes = NDArray[np.uint8]


def crc16(raw: bytes | memoryview) -> int:
    """Return the FIT checksum of these bytes.

    Source: FIT protocol, section CRC; CRC-16/ARC.
    """
    block = _overlaid(raw)
    parity = int(np.bitwise_xor.reduce(block)).bit_count()
    rest = int.from_bytes(_shortened(block).tobytes().translate(_BITS_REVERSED), "big") << 16
    for k, last in _BITS:
        while high := rest >> 15 * k:
            rest = (rest & last) ^ high ^ high << k
    if (rest.bit_count() ^ parity) & 1:
        rest ^= _FACTOR
    return int.from_bytes(rest.to_bytes(2, "big").translate(_BITS_REVERSED), "little")


def _overlaid(raw: bytes | memoryview) -> Bytes:
    """Return one block of bytes that has the same checksum as all of them."""
    message: Bytes = np.frombuffer(raw, dtype=np.uint8)
    first = len(message) % PERIOD_BYTES
    if first == len(message):
        return message.copy()
    block: Bytes = np.bitwise_xor.reduce(message[first:].reshape(-1, PERIOD_BYTES), axis=0)
    if first:
        block[-first:] ^= message[:first]
    return block


def _shortened(block: Bytes) -> Bytes:
    """Return the end of the block, changed in place to have the same remainder modulo x^15 + x + 1 as all of it.

    numpy adds up long blocks faster than integers do.
    """
    for k in _BYTES:
        while len(block) > 15 * k:
            cut = min(len(block) - 15 * k, 14 * k)
            high, block = block[:cut], block[cut:]
            block[14 * k - cut : 14 * k] ^= high
            block[15 * k - cut : 15 * k] ^= high
    return block
