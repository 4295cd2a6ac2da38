"""Nobody is led away from our website by a link to the sign-in page."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from tests.auth.oauth.trip import sign_in
from ultra.auth.oauth.next_paths import read_next_path

AWAY = [
    "https://evil.example",
    "http://evil.example/dashboard",
    "HTTPS:evil.example",
    "https:/evil.example",
    "https:evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/%5cevil.example",
    "/%2f/evil.example",
    "/%2fevil.example",
    "%2f%2fevil.example",
    "/%252f%252fevil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/dashboard\r\nSet-Cookie: a=b",
    " //evil.example",
    "/ /evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/dashboard/..//evil.example",
    "/dashboard//evil.example",
    "@evil.example",
    ".evil.example",
    ":80@evil.example",
    "/@evil.example",
    "//website@evil.example",
    "javascript:alert(1)",
    "data:text/html,a",
    "/%00/evil.example",
    "/\x00/evil.example",
    "/\u2028/evil.example",
    "／／evil.example",
    "/。/evil.example",
    "/dashboard?next=%00",
    "/dashboard?next=%0d%0a",
    "/dashboard?a=%ff",
    "/dashboard#@evil.example",
    "dashboard",
    "?next=/dashboard",
    "",
    "/" + "a" * 600,
    "/api/auth/oauth/google?next=/dashboard",
    "/api",
    "/api?a=b",
]
OURS = [
    "/",
    "/dashboard",
    "/en/videos/0198f0a2-7c1e-7000-8000-000000000001",
    "/settings/security?tab=keys&page=2",
    "/videos?q=g%C3%BCne%C5%9F+do%C4%9Fu%C5%9Fu",
    "/apidocs",
    "/videos/",
]
WEBSITE = "https://website.example"


def browser_goes_to(text: str) -> str | None:
    """The host that a browser lands on, read as the WHATWG's URL standard does: as leniently."""
    plain = re.sub(r"[\t\r\n]", "", text).strip("".join(map(chr, range(33)))).replace("\\", "/")
    plain = re.sub(r"^(https?):/*", r"\1://", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^/{2,}", "//", plain)
    return urlsplit(urljoin(f"{WEBSITE}/login", plain)).hostname


@pytest.mark.parametrize("text", AWAY)
def test_refuses(text: str) -> None:
    assert read_next_path(text) is None


@pytest.mark.parametrize("text", OURS)
def test_takes_our_own_pages(text: str) -> None:
    assert read_next_path(text) == text


def test_there_are_at_least_thirty_ways_away() -> None:
    assert len(set(AWAY)) >= 30


@given(st.text(alphabet="/\\.%2f5cC@:?#&=ae\t\r\n\x00 -_~hTtps／", max_size=24) | st.text())
@example("//evil.example")
def test_whatever_is_taken_stays_on_the_website(text: str) -> None:
    for each in (text, "/" + text, "/dashboard" + text):
        taken = read_next_path(each)
        if taken is not None:
            assert taken == each
            assert browser_goes_to(taken) == "website.example"
            assert browser_goes_to(WEBSITE + taken) == "website.example"
            assert taken.isascii()
            assert taken.isprintable()


@pytest.mark.parametrize("text", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_a_sign_in_with_such_a_link_ends_on_the_dashboard(text: str, client: FlaskClient) -> None:
    assert sign_in(client, next_path=text).path == "/dashboard"
