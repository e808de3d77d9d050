"""All routes of drafts; nobody but planners and administrators gets as far as one of them."""

from fastapi import APIRouter, Depends

from api.planning.drafts import files, handing, reading
from api.planning.drafts.access import planner

router = APIRouter(dependencies=[Depends(planner)])
# Files first: a template has no number.
for module in (files, reading, handing):
    router.include_router(module.router)
