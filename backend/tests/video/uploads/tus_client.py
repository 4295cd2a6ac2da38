"""tus 1.0 as a client speaks it, over Flask's test client."""

from base64 import b64encode
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PIECE = "application/offset+octet-stream"
COLLECTION = "/api/video/uploads"


def metadata(**values: str) -> str:
    return ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in values.items())


class Tus:
    """Calls of the protocol; `Tus-Resumable` is sent unless a test says otherwise."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def call(self, method: str, path: str, data: bytes = b"", **headers: str) -> TestResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(
            path, method=method, data=data, headers={"Tus-Resumable": "1.0.0", **given}
        )

    def create(self, length: int, filename: str = "tatil.mp4", **more: str) -> str:
        """A new upload's address."""
        answer = self.call(
            "POST",
            COLLECTION,
            Upload_Length=str(length),
            Upload_Metadata=metadata(filename=filename, **more),
        )
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"]

    def send(self, path: str, offset: int, data: bytes, **headers: str) -> TestResponse:
        return self.call(
            "PATCH", path, data, Upload_Offset=str(offset), Content_Type=PIECE, **headers
        )

    def offset(self, path: str) -> int:
        answer = self.call("HEAD", path)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])


def id_of(path: str) -> UUID:
    return UUID(path.rpartition("/")[2])
