"""What generated code may use before it is stopped."""

from pixora_pipeline.model.value import Value

MIB = 1024 * 1024


class Limits(Value):
    """Seconds of wall time and of CPU; bytes of address space, of all output and of what it prints; files written.

    Address space is what caps memory: reserved or used, it counts.
    """

    wall_seconds: float = 300.0
    cpu_seconds: int = 600
    memory_bytes: int = 4096 * MIB
    output_bytes: int = 1024 * MIB
    printed_bytes: int = MIB
    files: int = 20_000
