"""Files in a bucket: whole or not at all, never one over another, and none of anybody else's."""

import os
import time

import pytest

from models.shared import object_storage
from models.shared.storage import StorageFailed, StorageUnreachable

LISTING = "before-parameter-build.s3.ListObjectsV2"
NAME, OTHER = "0123.png", "4567.jpg"


@pytest.fixture(params=["moto", "s3rver"])
def server_of_objects(request):
    return request.getfixturevalue(request.param)


def test_what_is_put_is_there_and_has_an_address_of_the_site(objects, bucket):
    objects.put(NAME, b"content")
    with objects.open(NAME) as file:
        assert file.read() == b"content"
    assert list(objects.names()) == [NAME]
    assert bucket.names() == {NAME}
    assert objects.url(NAME) == "/uploads/0123.png"


def test_what_is_deleted_is_gone_and_may_be_deleted_again(objects):
    objects.put(NAME, b"content")
    objects.delete(NAME)
    objects.delete(NAME)
    with pytest.raises(FileNotFoundError):
        objects.open(NAME)


def test_a_damaged_file_is_replaced(objects, bucket):
    bucket.put(NAME)
    objects.replace(NAME, b"content")
    assert bucket.content(NAME) == b"content"


def test_young_files_can_be_left_out(objects, monkeypatch):
    objects.put(NAME, b"content")
    assert list(objects.names(older_than=60)) == []
    later = time.time() + 120
    monkeypatch.setattr("time.time", lambda: later)
    assert list(objects.names(older_than=60)) == [NAME]


def test_what_else_is_in_the_bucket_is_none_of_ours(objects, bucket):
    for name in ("deeper/0123.png", "..", ".hidden", "a b.png", "-rf"):
        bucket.put(name)
    bucket.client.put_object(Bucket="our-bucket", Key=f"{bucket.prefix}-of-others/{NAME}", Body=b"")
    objects.put(OTHER, b"content")
    assert list(objects.names()) == [OTHER]


@pytest.mark.parametrize("server_of_objects", ["moto"], indirect=True)
def test_more_files_than_one_answer_lists_are_all_there(objects, bucket, monkeypatch):
    names = [f"{number:04}.png" for number in range(7)]
    for name in names:
        bucket.put(name)
    objects.server.ask(
        lambda client: client.meta.events.register("before-parameter-build.s3.ListObjectsV2", two_a_page)
    )
    assert list(objects.names()) == names


def two_a_page(params, **_more):
    params["MaxKeys"] = 2


def test_files_are_fetched_for_a_backup_but_for_those_that_are_not_there(objects, tmp_path):
    objects.put(NAME, b"content")
    objects.hold([NAME, OTHER], tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.glob("*.*")} == {NAME: b"content"}


@pytest.mark.parametrize("server_of_objects", ["moto"], indirect=True)
def test_nothing_is_overwritten(objects, bucket):
    bucket.put(NAME)
    with pytest.raises(StorageFailed, match=f"^{NAME} is there already$"):
        objects.put(NAME, b"content")
    assert bucket.content(NAME) == b"somebody else's"


@pytest.mark.parametrize("server_of_objects", ["moto"], indirect=True)
def test_when_only_the_answer_is_lost_the_file_is_known_for_ours(objects, bucket, line):
    line.become("deaf")
    objects.put(NAME, b"content")
    assert line.asked > 1
    assert bucket.content(NAME) == b"content"


def test_a_line_that_is_cut_for_a_moment_costs_nobody_anything(objects, line, monkeypatch):
    objects.put(NAME, b"content")
    line.become("cut")
    waits = []

    def mend(seconds):
        waits.append(seconds)
        line.become("open")

    with monkeypatch.context() as patched:
        patched.setattr("models.shared.object_server.time.sleep", mend)
        assert objects.read(NAME) == b"content"
    assert len(waits) == 1


def test_a_server_without_that_bucket_is_asked_once_and_says_so(bucket, line, tmp_path):
    place = bucket.settings["pictures"].replace("our-bucket", "no-such-bucket")
    objects = object_storage.ObjectStorage(place, "us-east-1", line.url, tmp_path)
    with pytest.raises(StorageUnreachable) as refusal:
        objects.read(NAME)
    assert refusal.value.__notes__ == ["404 NoSuchBucket"]
    assert line.asked == 1


@pytest.mark.parametrize("server_of_objects", ["s3rver"], indirect=True)
def test_a_server_that_does_not_know_our_key_says_so_and_the_key_is_not_repeated(bucket, line, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATIGER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tiger")
    objects = object_storage.ObjectStorage(bucket.settings["pictures"], "us-east-1", line.url, tmp_path)
    with pytest.raises(StorageUnreachable) as refusal:
        objects.put(NAME, b"content")
    assert refusal.value.__notes__ == ["403 InvalidAccessKeyId"]
    assert "tiger" not in repr(refusal.value).lower()
    assert refusal.value.__cause__ is None


def test_without_any_key_it_says_so(bucket, tmp_path, monkeypatch, line):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    objects = object_storage.ObjectStorage(bucket.settings["pictures"], "us-east-1", line.url, tmp_path)
    with pytest.raises(StorageUnreachable) as refusal:
        objects.put(NAME, b"")
    assert refusal.value.__notes__ == ["NoCredentialsError"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_process_that_was_forked_has_connections_of_its_own(objects, line):
    objects.put(NAME, b"content")
    before = line.asked
    child = os.fork()
    if not child:
        os._exit(0 if objects.read(NAME) == b"content" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert line.asked == before + 1
    assert objects.read(NAME) == b"content"
