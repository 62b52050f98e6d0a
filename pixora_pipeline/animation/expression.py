"""Functions of x as people write them: arithmetic, powers and the usual functions, and nothing else."""

import ast
import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.errors import UserError

_FUNCTIONS = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "exp": np.exp, "sqrt": np.sqrt, "abs": np.abs,
    "ln": np.log, "log": np.log10, "log2": np.log2,
}  # fmt: skip
_CONSTANTS = {"pi": np.pi, "e": np.e}
_OPERATORS = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
    ast.USub: np.negative, ast.UAdd: np.positive,
}  # fmt: skip
# A number or a bracket before a name or a bracket is a factor; the 2 of `log2` is none.
_PRODUCT = re.compile(r"((?<![\w.])\d+(?:\.\d+)?|\))\s*(?=[a-zA-Z(])")
Values = NDArray[np.float64]


def function_of(text: str) -> Callable[[Values], Values]:
    """The function, for arrays of x; what is not defined is not a number. Raises `UserError`."""
    plain = _PRODUCT.sub(r"\1*", text.replace("^", "**").replace("·", "*"))
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
        _evaluate(tree, np.ones(1))
    except (SyntaxError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(
            f"{text!r} is not a function of x that can be drawn. Write it like `x^2 - 3*sin(x)`."
        ) from error

    def value(x: Values) -> Values:
        with np.errstate(all="ignore"):
            return np.broadcast_to(np.asarray(_evaluate(tree, np.asarray(x, float)), float), np.shape(x))

    return value


def _evaluate(node: ast.AST, x: Values) -> Values:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return np.float64(node.value)
    if isinstance(node, ast.Name):
        return x if node.id == "x" else np.float64(_CONSTANTS[node.id])
    if isinstance(node, ast.BinOp):
        with np.errstate(all="ignore"):
            return _OPERATORS[type(node.op)](_evaluate(node.left, x), _evaluate(node.right, x))
    if isinstance(node, ast.UnaryOp):
        return _OPERATORS[type(node.op)](_evaluate(node.operand, x))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1 and not node.keywords:
        with np.errstate(all="ignore"):
            return _FUNCTIONS[node.func.id](_evaluate(node.args[0], x))
    raise ValueError(ast.dump(node))
