"""All routes of cases, in the order they are looked at: fixed names before codes."""

from fastapi import APIRouter

from api.cases import consultations, documents, files, lists, one, receipt, tracking

router = APIRouter()
for module in (lists, files, one, consultations, documents, receipt, tracking):
    router.include_router(module.router)
