"""Names of devices."""

import pytest

from ultra.auth.sessions.devices import name_device

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
ANDROID = "Mozilla/5.0 (Linux; Android 16; SM-S931B) AppleWebKit/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{WINDOWS} Chrome/142.0.0.0 Safari/537.36", "Chrome · Windows"),
        (f"{WINDOWS} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge · Windows"),
        (
            f"{IPHONE} (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (f"{IPHONE} CriOS/142.0.0.0 Mobile/15E148", "Chrome · iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox · Linux",
        ),
        (f"{ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile", "Samsung Internet · Android"),
        (f"{MAC} (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Safari · macOS"),
        ("curl/8.14.1", "curl"),
        ("python-requests/2.32", "python-requests"),
        ("", None),
        ("<script>alert(1)</script>", None),
    ],
)
def test_names_browser_and_system(user_agent, name):
    assert name_device(user_agent) == name
