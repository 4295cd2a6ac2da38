"""One contract, run on each backend that is reachable: PostgreSQL always, MongoDB where given."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar
from uuid import UUID

import pytest
from pydantic import BaseModel
from pymongo import MongoClient

from ultra.kit.db import engine
from ultra.kit.documents import (
    Document,
    DocumentChanged,
    DocumentExists,
    Documents,
    DocumentsUnreachable,
)
from ultra.kit.documents.mongo import MongoDocuments
from ultra.kit.documents.postgres import PostgresDocuments
from ultra.kit.errors import NotFound
from ultra.kit.ids import new_id

MONGODB = os.environ.get("ULTRA_TEST_MONGODB_URL")


class Recipe(Document):
    collection: ClassVar[str] = "recipes"

    name: str
    steps: list[str] = []
    kitchen: str = "home"


class Note(Document):
    collection: ClassVar[str] = "notes"

    text: str


class Line(BaseModel):
    number: int
    text: str


class Diary(Document):
    collection: ClassVar[str] = "diaries"

    owner: str
    lines: list[Line] = []


@pytest.fixture(
    params=[
        "postgres",
        pytest.param("mongo", marks=pytest.mark.skipif(not MONGODB, reason="no MongoDB is given")),
    ]
)
def documents(request: pytest.FixtureRequest, stores: None) -> Iterator[Documents]:
    if request.param == "postgres":
        yield PostgresDocuments(engine)
        return
    assert MONGODB
    name = f"ultra_test_{new_id().hex}"
    yield MongoDocuments(MONGODB, name)
    with MongoClient(MONGODB) as client:
        client.drop_database(name)


@pytest.fixture
def workspace_id() -> UUID:
    return new_id()


def recipe(workspace_id: UUID, name: str = "Çılbır", **more: str) -> Recipe:
    return Recipe(id=new_id(), workspace_id=workspace_id, name=name, **more)


class TestInsert:
    def test_gives_back_what_was_stored(self, documents: Documents, workspace_id: UUID) -> None:
        stored = recipe(workspace_id)
        stored.steps = ["Yoğurdu çırp", "Yumurtayı kır"]
        documents.insert(stored)
        assert documents.get(Recipe, workspace_id, stored.id) == stored

    def test_refuses_an_id_twice(self, documents: Documents, workspace_id: UUID) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        with pytest.raises(DocumentExists):
            documents.insert(stored.model_copy(update={"name": "Menemen"}))
        assert documents.get(Recipe, workspace_id, stored.id).name == "Çılbır"

    def test_keeps_kinds_apart(self, documents: Documents, workspace_id: UUID) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        documents.insert(Note(id=stored.id, workspace_id=workspace_id, text="not"))
        assert documents.get(Note, workspace_id, stored.id).text == "not"


class TestWorkspaceWall:
    def test_another_workspace_finds_nothing(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        with pytest.raises(NotFound):
            documents.get(Recipe, new_id(), stored.id)
        assert documents.find(Recipe, new_id(), {}) == []

    def test_another_workspace_cannot_replace(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        with pytest.raises(NotFound):
            documents.replace(stored.model_copy(update={"workspace_id": new_id()}))

    def test_another_workspace_cannot_delete(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        assert not documents.delete(Recipe, new_id(), stored.id)
        documents.get(Recipe, workspace_id, stored.id)


class TestReplace:
    def test_raises_the_version(self, documents: Documents, workspace_id: UUID) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        replaced = documents.replace(stored.model_copy(update={"name": "Menemen"}))
        assert (replaced.name, replaced.version) == ("Menemen", 2)
        assert documents.get(Recipe, workspace_id, stored.id) == replaced

    def test_refuses_an_old_version(self, documents: Documents, workspace_id: UUID) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        documents.replace(stored.model_copy(update={"name": "Menemen"}))
        with pytest.raises(DocumentChanged):
            documents.replace(stored.model_copy(update={"name": "Omlet"}))
        assert documents.get(Recipe, workspace_id, stored.id).name == "Menemen"

    def test_does_not_create(self, documents: Documents, workspace_id: UUID) -> None:
        with pytest.raises(NotFound):
            documents.replace(recipe(workspace_id))

    def test_of_forty_at_once_exactly_one_wins_each_round(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)

        def try_to_replace(number: int) -> bool:
            try:
                documents.replace(current.model_copy(update={"name": str(number)}))
            except DocumentChanged:
                return False
            return True

        with ThreadPoolExecutor(20) as threads:
            for version in (1, 2, 3):
                current = documents.get(Recipe, workspace_id, stored.id)
                assert current.version == version
                assert sum(threads.map(try_to_replace, range(40))) == 1


class TestFind:
    def test_finds_by_the_fields_given(self, documents: Documents, workspace_id: UUID) -> None:
        at_home = recipe(workspace_id)
        documents.insert(at_home)
        documents.insert(recipe(workspace_id, kitchen="work"))
        assert documents.find(Recipe, workspace_id, {"kitchen": "home"}) == [at_home]
        assert documents.find(Recipe, workspace_id, {"kitchen": "home", "name": "x"}) == []

    def test_pages_by_age_without_gap_or_repeat(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        stored = sorted((recipe(workspace_id) for _ in range(7)), key=lambda each: each.id)
        for each in stored:
            documents.insert(each)
        found: list[Recipe] = []
        while page := documents.find(
            Recipe, workspace_id, {}, after=found[-1].id if found else None, limit=3
        ):
            assert len(page) <= 3
            found += page
        assert found == stored


class TestDelete:
    def test_says_whether_there_was_one(self, documents: Documents, workspace_id: UUID) -> None:
        stored = recipe(workspace_id)
        documents.insert(stored)
        assert documents.delete(Recipe, workspace_id, stored.id)
        assert not documents.delete(Recipe, workspace_id, stored.id)
        with pytest.raises(NotFound):
            documents.get(Recipe, workspace_id, stored.id)


def diary_of(workspace_id: UUID, **more: Any) -> Diary:
    return Diary(**{"id": new_id(), "workspace_id": workspace_id, "owner": "Ayşe", **more})


def lines(*numbers: int) -> list[Line]:
    return [Line(number=number, text=f"satır {number}") for number in numbers]


class TestAppend:
    def append(self, documents: Documents, *diaries: Diary) -> None:
        documents.append(diaries, "lines", "number")

    def numbers(self, documents: Documents, diary: Diary) -> list[int]:
        stored = documents.get(Diary, diary.workspace_id, diary.id)
        return [line.number for line in stored.lines]

    def test_stores_a_document_that_is_not_there(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        diary = diary_of(workspace_id, lines=lines(1, 2))
        self.append(documents, diary)
        assert documents.get(Diary, workspace_id, diary.id) == diary

    def test_adds_to_the_list_alone(self, documents: Documents, workspace_id: UUID) -> None:
        diary = diary_of(workspace_id, lines=lines(1))
        self.append(documents, diary)
        self.append(documents, diary.model_copy(update={"owner": "Ali", "lines": lines(3, 2)}))
        stored = documents.get(Diary, workspace_id, diary.id)
        assert (stored.owner, stored.lines) == ("Ayşe", lines(1, 3, 2))

    def test_may_be_repeated(self, documents: Documents, workspace_id: UUID) -> None:
        diary = diary_of(workspace_id, lines=lines(1, 2))
        for _ in range(3):
            self.append(documents, diary)
        changed = Line(number=2, text="başka bir metin")
        self.append(documents, diary.model_copy(update={"lines": [changed, *lines(3)]}))
        assert documents.get(Diary, workspace_id, diary.id).lines == lines(1, 2, 3)

    def test_keeps_the_version_when_nothing_is_added(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        diary = diary_of(workspace_id, lines=lines(1))
        self.append(documents, diary)
        read = documents.get(Diary, workspace_id, diary.id)
        self.append(documents, diary)
        documents.replace(read)

    def test_is_noticed_by_a_replace_of_what_was_read_before(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        diary = diary_of(workspace_id, lines=lines(1))
        self.append(documents, diary)
        read = documents.get(Diary, workspace_id, diary.id)
        self.append(documents, diary.model_copy(update={"lines": lines(2)}))
        with pytest.raises(DocumentChanged):
            documents.replace(read)

    def test_takes_many_documents_and_one_of_them_twice(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        diaries = [diary_of(workspace_id, lines=lines(1)) for _ in range(5)]
        more = [each.model_copy(update={"lines": lines(1, 2)}) for each in diaries]
        self.append(documents, diaries[0])
        self.append(documents, *diaries, *more)
        assert [self.numbers(documents, diary) for diary in diaries] == [[1, 2]] * 5

    def test_nothing_is_added_to_nothing(self, documents: Documents, workspace_id: UUID) -> None:
        self.append(documents)
        diary = diary_of(workspace_id)
        self.append(documents, diary)
        self.append(documents, diary)
        assert self.numbers(documents, diary) == []

    def test_another_workspace_has_a_document_of_its_own(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        diary = diary_of(workspace_id, lines=lines(1))
        foreign = diary.model_copy(update={"workspace_id": new_id(), "lines": lines(2)})
        self.append(documents, diary, foreign)
        assert self.numbers(documents, diary) == [1]
        assert self.numbers(documents, foreign) == [2]

    def test_writers_at_the_same_time_lose_nothing(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        diaries = [diary_of(workspace_id) for _ in range(3)]

        def write(number: int) -> None:
            given = [each.model_copy(update={"lines": lines(number)}) for each in diaries]
            self.append(documents, *(given if number % 2 else given[::-1]))

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(write, [*range(40), *range(40)]))
        for diary in diaries:
            assert sorted(self.numbers(documents, diary)) == list(range(40))


def test_a_server_that_is_away_is_said_to_be() -> None:
    away = MongoDocuments("mongodb://127.0.0.1:1/ultra", patience=0.1)
    diary = diary_of(new_id(), lines=lines(1))
    acts: list[Callable[[], Any]] = [
        lambda: away.insert(diary),
        lambda: away.get(Diary, diary.workspace_id, diary.id),
        lambda: away.replace(diary),
        lambda: away.find(Diary, diary.workspace_id, {}),
        lambda: away.delete(Diary, diary.workspace_id, diary.id),
        lambda: away.append([diary], "lines", "number"),
    ]
    # Each waits for its own patience to end.
    with ThreadPoolExecutor(len(acts)) as threads:
        for done in [threads.submit(act) for act in acts]:
            with pytest.raises(DocumentsUnreachable):
                done.result()
    away._database.client.close()


class TestWholeWorkspace:
    """For taking everything along, and for removing a workspace."""

    def test_reads_every_kind_of_one_workspace(
        self, documents: Documents, workspace_id: UUID
    ) -> None:
        other = new_id()
        for owner in (workspace_id, other):
            documents.insert(recipe(owner))
            documents.insert(Note(id=new_id(), workspace_id=owner, text="not"))
        found = list(documents.read_all(workspace_id))
        assert sorted(each["collection"] for each in found) == ["notes", "recipes"]
        assert {each["body"].get("text", each["body"].get("name")) for each in found} == {
            "not",
            "Çılbır",
        }
        assert all(each["version"] == 1 and UUID(each["id"]) for each in found)

    def test_removes_them_and_nobody_elses(self, documents: Documents, workspace_id: UUID) -> None:
        other = new_id()
        for owner in (workspace_id, workspace_id, other):
            documents.insert(recipe(owner))
        assert documents.remove_all(workspace_id) == 2
        assert list(documents.read_all(workspace_id)) == []
        assert len(list(documents.read_all(other))) == 1
        assert documents.remove_all(workspace_id) == 0
