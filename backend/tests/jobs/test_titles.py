"""Every task that people may meet in the list of jobs says what it does, in both languages."""

from flask import Flask

from ultra.jobs.public import title_of
from ultra.kit.errors import LANGUAGES
from ultra.kit.tasks.registry import Task, all_tasks


def the_products() -> list[Task]:
    """Not the toys that other tests register: nobody meets them."""
    return [task for task in all_tasks() if task.run.__module__.startswith("ultra.")]


def test_every_task_has_a_title_of_its_own(app: Flask) -> None:
    names = [task.name for task in the_products()]
    assert len(names) > 8
    for language in LANGUAGES:
        titles = [title_of(name, language) for name in names]
        assert all(4 <= len(title) <= 80 for title in titles)
        assert all(title[0].isupper() and not title.endswith(".") for title in titles)


def test_the_languages_differ(app: Flask) -> None:
    for task in the_products():
        assert task.title["tr"] != task.title["en"], task.name
