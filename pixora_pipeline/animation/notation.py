"""Formulas as people write them: Typst's notation, LaTeX turned into it, or plain words where neither can be set."""

import re
from functools import lru_cache

from pixora_pipeline.animation.typesetting import FIRST_TERM, CannotSet, Sheet, quoted, set_sheet

_WORDS = {
    "cdot": "dot", "times": "times", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "neq": "!=", "ne": "!=",
    "infty": "infinity", "to": "->", "rightarrow": "->", "Rightarrow": "=>", "pm": "plus.minus", "approx": "approx",
    "int": "integral", "sum": "sum", "prod": "product", "partial": "diff", "nabla": "nabla", "in": "in",
    "ldots": "dots",
    "dots": "dots", "cdots": "dots.c", "circ": "degree", "equiv": "equiv", "propto": "prop", "forall": "forall",
    "exists": "exists", "varepsilon": "epsilon", "varphi": "phi", "div": "div", "lim": "lim", "log": "log", "ln": "ln",
    "sin": "sin", "cos": "cos", "tan": "tan", "exp": "exp", "max": "max", "min": "min",
    "quad": "quad", "angle": "angle",
    "Leftrightarrow": "<=>", "cup": "union", "cap": "sect", "subset": "subset", "mid": "|", "prime": "prime",
}  # fmt: skip
_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma",
    "Phi", "Psi", "Omega",
)  # fmt: skip
_ONE = {"sqrt": "sqrt", "vec": "arrow", "overline": "overline", "bar": "macron", "hat": "hat", "dot": "dot"}
_NAMED = {"text", "mathrm", "operatorname", "textbf", "mathbf"}
# Names of Typst's that stand for themselves.
_NAMES = (
    "frac", "mat", "vec", "cases", "root", "binom", "abs", "norm", "floor", "ceil", "dif", "diff", "text", "upright",
    "italic", "bold", "cal", "bb", "lr", "mid", "underbrace", "overbrace", "underline", "limits", "op", "gcd", "mod",
    "det", "dim", "arrow", "hat", "tilde", "macron", "cancel", "space", "thin", "med", "thick", "plus", "minus", "RR",
    "NN", "ZZ", "QQ", "CC", "perp", "parallel", "triangle", "square", "without", "therefore", "because", "not", "and",
    "or", "sect", "union", "dots", "integral", "plus.minus", "dots.c", "dot", "cbrt", "divides", "angle", "degree",
)  # fmt: skip
_KNOWN = {*_GREEK, *_WORDS.values(), *_ONE.values(), *_NAMES}
# A word, with dots inside as in `plus.minus`, or a string that is quoted already.
_WORD = re.compile(r'"[^"]*"|[A-Za-z]{2,}(?:\.[a-z]+)*')
_DELIMITERS = {
    "matrix": "#none",
    "pmatrix": '"("',
    "bmatrix": '"["',
    "vmatrix": '"|"',
    "Bmatrix": '"{"',
    "array": "#none",
}
_IGNORED = {"left", "right", "displaystyle", "big", "Big", ",", ";", "!", " "}


def to_typst(formula: str) -> str:
    """The formula in Typst's notation, whichever of the two it was written in."""
    text = formula.strip().strip("$").strip()
    return _Latex(text).all() if re.search(r"\\[a-zA-Z]+|\{", text) else _WORD.sub(_word, text)


def _word(match: re.Match[str]) -> str:
    """Letters that Typst has no name for: two are a product, more are a word."""
    word = match.group()
    if word in _KNOWN or word.startswith('"'):
        return word
    return " ".join(word) if len(word) == 2 else quoted(word)


def readable(formula: str) -> str:
    """A formula that nobody can set, as words and signs that can at least be read."""
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", formula)
    return " ".join(re.sub(r"\\([a-zA-Z]+)", r"\1", text).translate(str.maketrans("", "", "{}$\\")).split())


@lru_cache(512)
def set_formula(terms: tuple[str, ...], size: float) -> tuple[Sheet, bool]:
    """The terms side by side as one formula, each in a colour of its own; False where it became readable text."""
    parts = [_term(number, f"${to_typst(term)}$") for number, term in enumerate(terms)]
    try:
        return set_sheet("$ " + " ".join(parts) + " $", size), True
    except CannotSet:
        words = [_term(number, f"[#{quoted(readable(term) + ' ')}]") for number, term in enumerate(terms)]
        return set_sheet("".join(words), size), False


def _term(number: int, body: str) -> str:
    return f'#text(fill: rgb("#{FIRST_TERM + number:06x}"), {body})'


def _cell(typst: str) -> str:
    """An argument of its own: commas and semicolons within are its own, too."""
    return f"#[${typst}$]" if set(typst) & set(",;") else typst


class _Latex:
    """Reads the part of LaTeX's mathematics that schoolbooks use."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def all(self) -> str:
        """Everything, in Typst's notation."""
        parts = []
        while self.at < len(self.text):
            parts.append(self.next())
        return " ".join(part for part in parts if part)

    def next(self) -> str:
        """The next sign, command or group."""
        sign = self.text[self.at]
        self.at += 1
        if sign == "\\":
            return self.command()
        if sign == "{":
            return f"({self.group()})"
        if sign in "^_":
            return f"{sign}({self.argument()})"
        if sign.isdigit() or sign == ".":
            number = re.match(r"[\d.]*", self.text[self.at :])
            self.at += len(number.group()) if number else 0
            return sign + (number.group() if number else "")
        return "" if sign in "&~}" else sign

    def group(self) -> str:
        """The rest of a group that was opened."""
        depth, start = 1, self.at
        while self.at < len(self.text) and depth:
            depth += {"{": 1, "}": -1}.get(self.text[self.at], 0)
            self.at += 1
        return _Latex(self.text[start : self.at - (0 if depth else 1)]).all()

    def argument(self) -> str:
        """What a command is applied to: a group or a sign."""
        self.at += len(self.text[self.at :]) - len(self.text[self.at :].lstrip())
        if self.at >= len(self.text):
            return ""
        if self.text[self.at] == "{":
            self.at += 1
            return self.group()
        if self.text[self.at].isdigit():
            self.at += 1
            return self.text[self.at - 1]
        return self.next()

    def command(self) -> str:
        """A command, its arguments with it."""
        name = re.match(r"[a-zA-Z]+|.", self.text[self.at :] or " ").group()
        self.at += len(name)
        if name in ("frac", "dfrac", "tfrac"):
            return f"frac({self.argument()}, {self.argument()})"
        if name == "begin":
            return self.environment(self.raw())
        if name in _ONE:
            return f"{_ONE[name]}({self.argument()})"
        if name in _NAMED:
            return quoted(self.raw())
        if name in _IGNORED:
            return ""
        return _WORDS.get(name) or (name if name in _GREEK else quoted(name))

    def environment(self, name: str) -> str:
        """Rows of cells until the environment's end: a matrix, or cases; other environments are their rows."""
        body, _, rest = self.text[self.at :].partition(f"\\end{{{name}}}")
        self.at = len(self.text) - len(rest)
        if name == "array":
            body = re.sub(r"\A\s*\{[^{}]*\}", "", body)
        rows = [[_Latex(cell).all() for cell in row.split("&")] for row in body.split("\\\\") if row.strip()]
        if name in _DELIMITERS:
            return f"mat(delim: {_DELIMITERS[name]}, {'; '.join(', '.join(map(_cell, row)) for row in rows)})"
        if name == "cases":
            return f"cases({', '.join(_cell(' quad '.join(row)) for row in rows)})"
        return " \\ ".join(" ".join(row) for row in rows)

    def raw(self) -> str:
        """A group's own letters."""
        match = re.match(r"\s*\{([^{}]*)\}", self.text[self.at :])
        self.at += len(match.group()) if match else 0
        return match.group(1) if match else ""
