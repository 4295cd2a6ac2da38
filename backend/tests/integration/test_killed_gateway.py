"""`kill -9` of the gateway in the middle of a tus upload: nothing is lost, it resumes."""

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import UUID

import pytest

from tests.factories import media
from tests.homes import free_port
from tests.integration.conftest import start_gateway
from tests.integration.processes import Caller, wait_until
from ultra.kit.db import read_only
from ultra.kit.storage import storage
from ultra.video.uploads import service as uploads

MB = 1_048_576
SIZE = 40 * MB


def content() -> bytes:
    """A clip and then bytes of which no two pieces are the same."""
    head = media.clip().read_bytes()
    numbers = b"".join(number.to_bytes(8) for number in range((SIZE - len(head)) // 8 + 1))
    return (head + numbers)[:SIZE]


@pytest.mark.slow
def test_an_upload_goes_on_after_the_gateway_was_killed(
    empty_stores: Callable[[], None],
) -> None:
    empty_stores()
    port, whole = free_port(), content()
    with ExitStack() as stack:
        gateway = start_gateway(stack, port)
        caller = Caller.signed_up(port)
        path = caller.create_upload(SIZE)
        reached, killed = threading.Event(), threading.Event()

        def half() -> Iterator[bytes]:
            for start in range(0, SIZE, MB):
                if start == SIZE // 2:
                    reached.set()
                    killed.wait(20)
                yield whole[start : start + MB]

        def send() -> None:
            with contextlib.suppress(OSError):
                caller.send_piece(path, 0, half(), SIZE)

        sender = threading.Thread(target=send)
        sender.start()
        assert reached.wait(20)
        wait_until(lambda: caller.offset(path) > 0, 10, "a part is stored")
        gateway.kill()
        killed.set()
        sender.join(20)

        start_gateway(stack, port)
        offset = caller.offset(path)
        assert 0 < offset <= SIZE // 2
        rest = whole[offset:]
        assert caller.send_piece(path, offset, [rest], len(rest)).status == 204
        assert caller.call("GET", path.replace("/uploads", "")).json["size"] == SIZE

    upload_id = UUID(path.rpartition("/")[2])
    with read_only() as session:
        uploads.assemble(uploads.parts_of(session, upload_id), "joined")
    found = hashlib.sha256(b"".join(storage().read("joined"))).hexdigest()
    assert found == hashlib.sha256(whole).hexdigest()
