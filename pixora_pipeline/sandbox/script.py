"""A script as a job: run it, and give back what it left in `result`."""

import builtins

from pydantic import JsonValue


def run(source: str, name: str = "script.py") -> JsonValue:
    """Execute a script's source in a namespace of its own. Whatever it raises is raised."""
    namespace: dict = {"__name__": "__main__", "__file__": name, "__builtins__": builtins}
    exec(compile(source, name, "exec"), namespace)
    return namespace.get("result")
