"""HTTP of offers."""

from typing import Any

from ultra.jobs.offers import service as offers
from ultra.jobs.offers.schemas import OfferList
from ultra.kit.access import Scope
from ultra.kit.http import Routes, caller_language
from ultra.kit.tasks.offers import all_offers

routes = Routes("jobs", "offers", prefix="/api/jobs/offers")


@routes.route_to("get", "", access=Scope.JOBS_READ, returns=OfferList)
def list_offers() -> Any:
    """What a schedule or a hook may start, and what each of them needs to know."""
    language = caller_language()
    return {"items": [offers.present(offer, language) for offer in all_offers()]}
