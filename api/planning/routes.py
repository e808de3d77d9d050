"""All routes under ``/api/planning``."""

from fastapi import APIRouter

from api.planning import batch, lookup, plans, schema, strip
from api.planning.drafts import routes as drafts

router = APIRouter()
for module in (lookup, schema, plans, strip, batch, drafts):
    router.include_router(module.router)
