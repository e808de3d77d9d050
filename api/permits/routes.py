"""All routes of permits: under ``/api/permits``, and the pages for people."""

from fastapi import APIRouter

from api.permits import check, filed, footprint, papers, register, submissions

router = APIRouter()
router.include_router(check.router)
router.include_router(footprint.router)
router.include_router(submissions.router)
router.include_router(filed.router)
router.include_router(papers.router)
router.include_router(register.router)
