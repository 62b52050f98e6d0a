"""A data version names the content: what depends on an artifact is stale exactly when its content changed."""

from hypothesis import given
from hypothesis import strategies as st

from pixora_pipeline.model.finding import Finding
from pixora_pipeline.store.sidecar import Provenance, Sidecar, StoredFile

NAMES = st.text("abcxyz.", min_size=1, max_size=8)
FILES = st.lists(
    st.builds(StoredFile, name=NAMES, hash=st.text("0123456789abcdef", min_size=4, max_size=4), size=st.integers(0, 9)),
    min_size=1,
    max_size=3,
    unique_by=lambda file: file.name,
).map(tuple)
FACTS = st.dictionaries(NAMES, st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(), max_size=3)


def sidecar(files: tuple[StoredFile, ...], facts: dict) -> Sidecar:
    return Sidecar(artifact="music", partition="p-aaaaaaaaaa", fingerprint="f", inputs={}, files=files, facts=facts)


@given(files=FILES, facts=FACTS, text=st.text(min_size=1), seconds=st.floats(0, 99))
def test_who_made_it_when_and_where_is_no_part_of_the_content(files, facts, text: str, seconds: float) -> None:
    plain = sidecar(files, facts)
    dressed = plain.model_copy(
        update={
            "artifact": text,
            "partition": text,
            "fingerprint": text,
            "inputs": {text: text},
            "provenance": Provenance(provider=text, seed=7, cost_usd=None, parameters={text: text}),
            "findings": (Finding(name=text, passed=False, message=text),),
            "seconds_to_make": seconds,
        }
    )
    assert dressed.data_version == plain.data_version


@given(one=FILES, other=FILES, facts=FACTS)
def test_other_files_are_other_content(one, other, facts) -> None:
    same = {file.name: file.hash for file in one} == {file.name: file.hash for file in other}
    assert (sidecar(one, facts).data_version == sidecar(other, facts).data_version) == same


@given(files=FILES, facts=FACTS, value=st.integers())
def test_other_facts_are_other_content(files, facts, value: int) -> None:
    assert sidecar(files, facts | {"new": value}).data_version != sidecar(files, facts).data_version


@given(files=FILES, facts=FACTS)
def test_a_sidecar_survives_being_written_and_read(files, facts) -> None:
    plain = sidecar(files, facts)
    again = Sidecar.model_validate_json(plain.model_dump_json(indent=2))
    assert again == plain
    assert again.data_version == plain.data_version
