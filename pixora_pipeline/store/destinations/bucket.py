"""A bucket of S3. An upload is there when it is complete; its headers say in short what its sidecar says whole."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from pixora_pipeline.errors import NotFound
from pixora_pipeline.settings import Settings
from pixora_pipeline.store.destinations.destination import Held, base_link, file_names
from pixora_pipeline.store.s3 import S3Place, s3_client, talking_to_s3

CONTENT_HASH = "content-hash"
"""The header that names the film's content."""

_FRESH = "no-cache"
"""A film that was replaced keeps its address: whoever has it asks whether it is still the same."""


class Bucket:
    """`s3://BUCKET/FOLDER`."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.url = url
        self._settings = settings
        self._place = S3Place.of(url)
        with talking_to_s3(self._place):
            self._client = s3_client(settings)

    def film(self, video_id: str) -> Held | None:
        """The film by its headers: S3 itself holds the content to its checksum."""
        try:
            with talking_to_s3(self._place):
                found = self._client.head_object(**self._named(file_names(video_id)[0]))
        except NotFound:
            return None
        headers = dict(found["Metadata"])
        return Held(headers.pop(CONTENT_HASH, None), found["ContentLength"], headers)

    def put(self, video_id: str, film: Path, hash: str, headers: Mapping[str, str]) -> None:
        """Upload it, in parts where it is large. Broken off, it leaves what was there."""
        named = self._named(file_names(video_id)[0])
        with talking_to_s3(self._place):
            self._client.upload_file(str(film), *named.values(), ExtraArgs=_film_arguments(hash, headers))

    def describe(self, video_id: str, hash: str, headers: Mapping[str, str]) -> None:
        """S3 copies the film onto itself: nothing is uploaded."""
        named = self._named(file_names(video_id)[0])
        arguments = _film_arguments(hash, headers) | {"MetadataDirective": "REPLACE"}
        with talking_to_s3(self._place):
            self._client.copy(named, *named.values(), ExtraArgs=arguments)

    def noted(self, video_id: str) -> str | None:
        """The sidecar's text."""
        try:
            with talking_to_s3(self._place):
                body = self._client.get_object(**self._named(file_names(video_id)[1]))["Body"]
                return body.read().decode("utf-8", errors="replace")
        except NotFound:
            return None

    def note(self, video_id: str, sidecar: str) -> None:
        """Put it whole."""
        with talking_to_s3(self._place):
            self._client.put_object(
                **self._named(file_names(video_id)[1]),
                Body=sidecar.encode(),
                ContentType="application/json",
                CacheControl=_FRESH,
            )

    def link(self, video_id: str) -> str:
        """A signed link, or the address that everybody may read where the bucket allows it."""
        name = file_names(video_id)[0]
        if self._settings.publish_links == "signed":
            seconds = self._settings.publish_link_hours * 3600
            with talking_to_s3(self._place):
                return self._client.generate_presigned_url("get_object", self._named(name), ExpiresIn=seconds)
        return base_link(self._settings, self.url, name) or self._address(name)

    def remove(self, video_id: str) -> None:
        """Delete both, the film first: a film without its sidecar would be worse."""
        with talking_to_s3(self._place):
            for name in file_names(video_id):
                self._client.delete_object(**self._named(name))

    def drop_unfinished(self, video_ids: Collection[str], hours: float) -> int:
        """Break off uploads that were begun so long ago. S3 shows them to nobody, and bills them."""
        before, bucket = datetime.now(UTC) - timedelta(hours=hours), self._place.bucket
        ours = {self._place.key(file_names(id)[0]) for id in video_ids}
        with talking_to_s3(self._place):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=bucket, Prefix=self._place.prefix
            )
            uploads = [each for page in pages for each in page.get("Uploads", ()) if each["Key"] in ours]
            left = [each for each in uploads if each["Initiated"] < before]
            for each in left:
                self._client.abort_multipart_upload(Bucket=bucket, Key=each["Key"], UploadId=each["UploadId"])
        return len(left)

    def _named(self, name: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": self._place.key(name)}

    def _address(self, name: str) -> str:
        bucket, key, region = self._place.bucket, quote(self._place.key(name)), self._client.meta.region_name
        if self._settings.s3_endpoint_url:
            return f"{self._settings.s3_endpoint_url.rstrip('/')}/{bucket}/{key}"
        # The certificate of AWS covers no name with a dot before its own.
        if "." in bucket:
            return f"https://s3.{region}.amazonaws.com/{bucket}/{key}"
        return f"https://{bucket}.s3.{region}.amazonaws.com/{key}"


def _film_arguments(hash: str, headers: Mapping[str, str]) -> dict:
    metadata = {**headers, CONTENT_HASH: hash}
    return {"ContentType": "video/mp4", "CacheControl": _FRESH, "Metadata": metadata}
