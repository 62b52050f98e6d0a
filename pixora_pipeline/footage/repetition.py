"""Nothing is told twice in a film: which scene tells which sentence where clips say the same. Pure."""

from collections.abc import Iterable, Sequence

from pixora_pipeline.footage.vocabulary import words


def as_heard(sentence: str) -> str:
    """A sentence as a listener knows it again: its words alone, without signs and capitals."""
    return " ".join(words(sentence)) or sentence


def each_once(sentences: Iterable[str]) -> list[str]:
    """The sentences in order, without those that were there before."""
    first: dict[str, str] = {}
    for each in sentences:
        first.setdefault(as_heard(each), each)
    return list(first.values())


def shared_out(choices: Sequence[Sequence[str]]) -> list[str | None]:
    """One sentence for each list of choices, the foremost there is, and none for two; None where there is none left.

    As many lists as possible get one: a list gives its own away for its next where another has no other.
    """
    taken: dict[str, int] = {}
    given: dict[int, str] = {}

    def give(number: int, asked: set[str]) -> bool:
        names = {as_heard(each): each for each in choices[number]}
        # One that nobody has before one that somebody gives away.
        for name in sorted(names.keys() - asked, key=lambda each: (each in taken, list(names).index(each))):
            asked.add(name)
            if name not in taken or give(taken[name], asked):
                taken[name], given[number] = number, names[name]
                return True
        return False

    for number in range(len(choices)):
        give(number, set())
    return [given.get(number) for number in range(len(choices))]
