"""The hidden count is exact, and a lower fence stays outside."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sandbox.conftest import Sandbox, Start


def perform(sandbox: Sandbox, key: str, fence: int) -> tuple[int, dict[str, int]]:
    answer = sandbox.ask("POST", f"/effects/{key}", Fence=str(fence))
    return answer.status, json.loads(answer.content)


def look(sandbox: Sandbox, key: str, **headers: str) -> dict[str, int]:
    return json.loads(sandbox.ask("GET", f"/effects/{key}", **headers).content)


def truth(sandbox: Sandbox) -> dict[str, object]:
    return json.loads(sandbox.ask("GET", "/effects").content)


class TestFences:
    def test_a_lower_fence_is_refused(self, sandbox: Sandbox) -> None:
        assert perform(sandbox, "a", 2) == (200, {"count": 1, "highest_fence": 2})
        assert perform(sandbox, "a", 1) == (409, {"count": 1, "highest_fence": 2})
        assert perform(sandbox, "a", 3) == (200, {"count": 2, "highest_fence": 3})

    def test_the_same_fence_twice_doubles_the_effect(self, sandbox: Sandbox) -> None:
        perform(sandbox, "a", 1)
        assert perform(sandbox, "a", 1)[0] == 200
        perform(sandbox, "b", 1)
        expected = {"keys": 2, "calls": 3, "refused": 0, "doubled": ["a"]}
        assert truth(sandbox) == expected

    def test_looking_with_a_fence_shuts_out_the_lower_ones(self, sandbox: Sandbox) -> None:
        assert look(sandbox, "a", Fence="5") == {"count": 0, "highest_fence": 5}
        assert perform(sandbox, "a", 4)[0] == 409
        assert look(sandbox, "a", Fence="3") == {"count": 0, "highest_fence": 5}
        assert perform(sandbox, "a", 5)[0] == 200
        assert look(sandbox, "a") == {"count": 1, "highest_fence": 5}

    def test_a_look_is_no_effect(self, sandbox: Sandbox) -> None:
        look(sandbox, "a", Fence="5")
        assert truth(sandbox) == {"keys": 0, "calls": 0, "refused": 0, "doubled": []}

    @pytest.mark.parametrize("fence", [None, "-1", "1.5", "x", "1_0", "9" * 30])
    def test_a_fence_must_be_a_whole_number(self, fence: str | None, sandbox: Sandbox) -> None:
        headers = {} if fence is None else {"Fence": fence}
        assert sandbox.ask("POST", "/effects/a", **headers).status == 400
        assert truth(sandbox)["calls"] == 0


class TestTheTruth:
    def test_is_exact_when_many_call_at_once(self, sandbox: Sandbox) -> None:
        calls = [(f"key-{number % 50}", 1) for number in range(200)]
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda call: perform(sandbox, *call)[0], calls))
        assert set(answers) == {200}
        found = truth(sandbox)
        assert (found["keys"], found["calls"], len(found["doubled"])) == (50, 200, 50)

    def test_survives_a_restart(self, start: Start) -> None:
        perform(start(), "a", 3)
        again = start()
        assert perform(again, "a", 2)[0] == 409
        assert truth(again) == {"keys": 1, "calls": 1, "refused": 1, "doubled": []}

    def test_can_begin_anew(self, sandbox: Sandbox) -> None:
        perform(sandbox, "a", 3)
        assert sandbox.ask("DELETE", "/effects").status == 204
        assert perform(sandbox, "a", 1) == (200, {"count": 1, "highest_fence": 1})
