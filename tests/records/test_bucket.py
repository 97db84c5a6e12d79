"""The papers' files in a bucket, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from django.core.files.storage import storages
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from tests import cast, scans
from thongsuot import env
from thongsuot.domain.files import MediaType
from thongsuot.records import files
from thongsuot.settings import papers_store

BUCKET = "giay-to"


@pytest.fixture
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3 server of this test alone, and our settings pointing to it."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given = {
        env.PAPERS_BUCKET.name: BUCKET,
        env.PAPERS_ENDPOINT.name: f"http://{host}:{port}",
        env.PAPERS_ACCESS_KEY.name: "ai",
        env.PAPERS_SECRET_KEY.name: "bi-mat",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | {files.STORE: papers_store()}
    client = boto3.client(
        "s3",
        endpoint_url=given[env.PAPERS_ENDPOINT.name],
        region_name=env.PAPERS_REGION.read(),
        aws_access_key_id="ai",
        aws_secret_access_key="bi-mat",
    )
    client.create_bucket(Bucket=BUCKET)
    yield BUCKET
    server.stop()


@pytest.mark.django_db
def test_a_file_goes_to_the_bucket_once_and_comes_back_as_it_was(bucket: str) -> None:
    content = scans.pdf()

    for name in ("a.pdf", "b.pdf"):
        kept = files.save(
            content, name=name, media_type=MediaType.PDF, pages=1, by="hoa", at=cast.MONDAY
        )

    assert files.content_of(kept.sha256) == content
    assert storages[files.STORE].exists(files.place_of(kept.sha256))
    assert files.FileRow.objects.count() == 1


@pytest.mark.django_db
def test_what_is_not_in_the_bucket_is_not_found(bucket: str) -> None:
    with pytest.raises(files.NoSuchFile):
        files.content_of("0" * 64)
