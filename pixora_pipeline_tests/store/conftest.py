from collections.abc import Iterator

import pytest

from pixora_pipeline_tests.store.buckets import open_s3


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server that speaks S3, with an empty bucket; one for each file of tests."""
    with pytest.MonkeyPatch.context() as patch, open_s3(patch) as url:
        yield url
