"""Formulas as they are read aloud, so that the voice and the subtitles say `a squared` and not `a^2`."""

import re

_SIGNS = [
    (r"\\(?:d|t)?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r" \1 over \2 "),
    (r"frac\(([^(),]*),([^(),]*)\)", r" \1 over \2 "),
    (r"\\sqrt\s*\{([^{}]*)\}|sqrt\(([^()]*)\)", r" the square root of \1\2 "),
    (r"\^\s*(?:\{2\}|\(2\)|2)(?!\d)", " squared "),
    (r"\^\s*(?:\{3\}|\(3\)|3)(?!\d)", " cubed "),
    (r"\^\s*(?:\{([^{}]*)\}|\(([^()]*)\)|(-?\w+))", r" to the power of \1\2\3 "),
    (r"_\s*(?:\{([^{}]*)\}|\(([^()]*)\)|(\w+))", r" \1\2\3 "),
    (r"\\(?:cdot|times)|·|×|\*|\btimes\b", " times "),
    (r"\\(?:le|leq)\b|<=|≤", " is at most "),
    (r"\\(?:ge|geq)\b|>=|≥", " is at least "),
    (r"\\(?:ne|neq)\b|!=|≠", " is not "),
    (r"\\approx\b|≈", " is about "),
    (r"\\(?:to|rightarrow)\b|->|→", " to "),
    (r"\\pm\b|±|plus\.minus", " plus or minus "),
    (r"\\infty\b|∞", " infinity "),
    (r"\\int\b|∫", " the integral of "),
    (r"\\sum\b|∑", " the sum of "),
    (r"=", " equals "),
    (r"\+", " plus "),
    (r"(?<=[\w)\s])[-−]\s*(?=[\w(\\])", " minus "),
    (r"(?<=[\w)])\s*/\s*(?=[\w(])", " over "),
    (r"<", " is less than "),
    (r">", " is more than "),
    (r"\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}", r" \1 "),
    (r"\\([a-zA-Z]+)", r" \1 "),
    (r"[{}()\\$&~]", " "),
]


def spoken_math(formula: str) -> str:
    """A formula in words."""
    text = formula
    for pattern, words in _SIGNS:
        text = re.sub(pattern, words, text)
    # Two letters side by side are a product, and are read one by one.
    text = re.sub(r"(?<=\d)(?=[a-zA-Z])", " ", text)
    return " ".join(text.split())


def spoken(text: str) -> str:
    """A sentence as it is said: its formulas in words."""
    said = re.sub(r"\$([^$]+)\$|\\\((.+?)\\\)", lambda m: spoken_math(m.group(1) or m.group(2)), text)
    return " ".join(said.split())


def shown(text: str) -> str:
    """A sentence as it is read: its formulas in plain signs."""

    def signs(match: re.Match[str]) -> str:
        formula = match.group(1) or match.group(2)
        formula = re.sub(r"\\(?:d|t)?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", formula)
        formula = re.sub(r"\\sqrt\s*\{([^{}]*)\}", r"√(\1)", formula)
        formula = formula.replace("^2", "²").replace("^{2}", "²").replace("^3", "³").replace("^{3}", "³")
        formula = re.sub(r"\\(?:cdot|times)\b", "·", formula)
        return " ".join(re.sub(r"[{}\\]", "", formula).split())

    return " ".join(re.sub(r"\$([^$]+)\$|\\\((.+?)\\\)", signs, text).split())
