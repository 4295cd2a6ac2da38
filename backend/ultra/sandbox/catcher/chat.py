"""What Slack and Discord take and what they refuse, as far as messages of programs go."""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError, model_validator


class _Text(BaseModel):
    type: Literal["plain_text", "mrkdwn"]
    text: str = Field(min_length=1, max_length=3000)


class _Title(BaseModel):
    type: Literal["plain_text"]
    text: str = Field(min_length=1, max_length=150)


class _Section(BaseModel):
    type: Literal["section"]
    text: _Text | None = None
    fields: list[_Text] | None = Field(default=None, min_length=1, max_length=10)

    @model_validator(mode="after")
    def _says_something(self) -> "_Section":
        if self.text is None and self.fields is None:
            raise ValueError("a section needs text or fields")
        return self


class _Header(BaseModel):
    type: Literal["header"]
    text: _Title


class _Context(BaseModel):
    type: Literal["context"]
    elements: list[dict[str, Any]] = Field(min_length=1, max_length=10)


class _Actions(BaseModel):
    type: Literal["actions"]
    elements: list[dict[str, Any]] = Field(min_length=1, max_length=25)


class _Divider(BaseModel):
    type: Literal["divider"]


class _Image(BaseModel):
    type: Literal["image"]
    image_url: str = Field(max_length=3000)
    alt_text: str = Field(min_length=1, max_length=2000)


_Block = Annotated[
    _Section | _Header | _Context | _Actions | _Divider | _Image, Field(discriminator="type")
]


class _SlackMessage(BaseModel):
    text: str | None = Field(default=None, min_length=1, max_length=40_000)
    blocks: list[_Block] | None = Field(default=None, min_length=1, max_length=50)


def refuse_slack(body: bytes) -> str | None:
    """Return Slack's word for what is wrong with the message, or None."""
    try:
        content = json.loads(body)
    except ValueError:
        return "invalid_payload"
    if not isinstance(content, dict):
        return "invalid_payload"
    if not content.get("text") and not content.get("blocks"):
        return "no_text"
    try:
        _SlackMessage.model_validate(content)
    except ValidationError as error:
        places = {each["loc"][0] for each in error.errors()}
        return "invalid_blocks" if "blocks" in places else "invalid_payload"
    return None


class _Footer(BaseModel):
    text: str = Field(min_length=1, max_length=2048)


class _Field(BaseModel):
    name: str = Field(min_length=1, max_length=256)
    value: str = Field(min_length=1, max_length=1024)


class _Embed(BaseModel):
    title: str | None = Field(default=None, max_length=256)
    description: str | None = Field(default=None, max_length=4096)
    url: str | None = Field(default=None, pattern=r"^https?://")
    color: int | None = Field(default=None, ge=0, le=0xFFFFFF)
    fields: list[_Field] = Field(default=[], max_length=25)
    footer: _Footer | None = None

    @property
    def length(self) -> int:
        parts = [self.title or "", self.description or "", self.footer.text if self.footer else ""]
        parts += [part for field in self.fields for part in (field.name, field.value)]
        return sum(map(len, parts))


class _DiscordMessage(BaseModel):
    content: str | None = Field(default=None, max_length=2000)
    username: str | None = Field(default=None, min_length=1, max_length=80)
    embeds: list[_Embed] = Field(default=[], max_length=10)

    @model_validator(mode="after")
    def _is_short(self) -> "_DiscordMessage":
        if sum(embed.length for embed in self.embeds) > 6000:
            raise ValueError("the embeds together may have 6000 letters")
        return self


def refuse_discord(body: bytes) -> dict[str, Any] | None:
    """Return Discord's answer to a message that is wrong, or None."""
    try:
        content = json.loads(body)
    except ValueError:
        return {"message": "The request body contains invalid JSON.", "code": 50109}
    try:
        message = _DiscordMessage.model_validate(content)
    except ValidationError as error:
        wrong = {".".join(map(str, each["loc"])): each["msg"] for each in error.errors()}
        return {"message": "Invalid Form Body", "code": 50035, "errors": wrong}
    if not message.content and not message.embeds:
        return {"message": "Cannot send an empty message", "code": 50006}
    return None
