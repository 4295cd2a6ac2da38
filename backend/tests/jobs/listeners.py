"""A service above that wants to know of dead letters."""

from ultra.jobs.events import JobGivenUp
from ultra.kit.events import on

HEARD = "jobs.hear_of_a_dead_letter"

given_up: list[JobGivenUp] = []


@on(JobGivenUp, title={"tr": "Vazgeçilen işi duy", "en": "Hear of a dead letter"})
def hear_of_a_dead_letter(event: JobGivenUp) -> None:
    given_up.append(event)
