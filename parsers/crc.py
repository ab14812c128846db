"""Do these bytes carry the checksum they claim?

FIT uses CRC-16/ARC. That is: take the message as a polynomial over the two numbers 0 and 1, one coefficient per bit,
append 16 zeros, and keep the remainder of a division by P = x^16 + x^15 + x^2 + 1. One byte at a time in Python takes
longer than everything else this package does; but P = (x + 1)(x^15 + x + 1), and to these two a whole message can be
reduced at once:

- Modulo x + 1 a polynomial is the parity of its bits.
- Modulo x^15 + x + 1, x^15 is x + 1. Squaring that again and again (over 0 and 1, squaring a sum squares its terms):
  x^30 is x^2 + 1, x^60 is x^4 + 1, and so on. So the upper half of a message may be cut off and added to the lower
  one in two places: a few operations on integers as long as the message.
- The remainder modulo P is the one modulo x^15 + x + 1, or that plus x^15 + x + 1, whichever has the right parity.

P divides x^32767 + 1, so what stands 32767 bits, or as many bytes, further to the front counts the same: a long
message is first laid over itself in blocks of so many bytes.
"""

import numpy as np
from numpy.typing import NDArray

PERIOD_BYTES = 32767

_BITS_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""CRC-16/ARC takes the lowest bit of each byte as the highest power, and gives its result likewise."""
_FACTOR = 1 << 15 | 1 << 1 | 1
_SQUARES = [(15 << squared, 1 << squared, (1 << (15 << squared)) - 1) for squared in reversed(range(15))]
"""For x^(15 k) = x^k + 1, k a power of two: 15 k, k, and a mask for the powers below 15 k."""


def crc16(raw: bytes | memoryview) -> int:
    """Return the FIT checksum of these bytes.

    Source: FIT protocol, section CRC; CRC-16/ARC.
    """
    message = int.from_bytes(_overlaid(raw).translate(_BITS_REVERSED), "big") << 16
    rest = message
    for power, k, below in _SQUARES:
        while high := rest >> power:
            rest = (rest & below) ^ high ^ (high << k)
    if (rest.bit_count() ^ message.bit_count()) & 1:
        rest ^= _FACTOR
    return int.from_bytes(rest.to_bytes(2, "big").translate(_BITS_REVERSED), "little")


def _overlaid(raw: bytes | memoryview) -> bytes:
    """Return one block of bytes that has the same checksum as the whole."""
    first = len(raw) % PERIOD_BYTES
    if first == len(raw):
        return bytes(raw)
    whole = np.frombuffer(raw, dtype=np.uint8)
    block: NDArray[np.uint8] = np.bitwise_xor.reduce(whole[first:].reshape(-1, PERIOD_BYTES), axis=0)
    if first:
        block[-first:] ^= whole[:first]
    return block.tobytes()
