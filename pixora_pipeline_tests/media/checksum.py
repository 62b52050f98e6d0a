"""The checksum of MPEG-TS tables and of Ogg pages, for tests that change what it is of."""


def check_sum(data: bytes, start: int) -> int:
    """The 32 bits by the polynomial that both have, highest bit first; what each begins with is its own."""
    for byte in data:
        start ^= byte << 24
        for _ in range(8):
            start = (start << 1 ^ (0x04C11DB7 if start & 0x80000000 else 0)) & 0xFFFFFFFF
    return start
