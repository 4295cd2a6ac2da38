"""Hooks and their calls as people read them."""

from typing import Any

from ultra.jobs.hooks import service as hooks
from ultra.jobs.hooks.models import Hook, HookCall
from ultra.jobs.hooks.schemas import HookCallRead, HookRead, HookWithSecret
from ultra.kit.errors import Language


def present(hook: Hook) -> HookRead:
    return HookRead.model_validate(_values(hook))


def present_with_secret(hook: Hook, secret: str) -> HookWithSecret:
    return HookWithSecret.model_validate({**_values(hook), "secret": secret})


def present_call(call: HookCall, language: Language) -> HookCallRead:
    return HookCallRead(
        id=call.id,
        at=call.created_at,
        status=call.status,
        code=call.code,
        reason=call.reason[language] if call.reason else None,
        external_id=call.external_id,
        job_id=call.job_id,
    )


def _values(hook: Hook) -> dict[str, Any]:
    plain = {name: getattr(hook, name) for name in HookRead.model_fields if name != "url"}
    return {**plain, "url": hooks.address_of(hook)}
