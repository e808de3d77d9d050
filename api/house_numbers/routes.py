"""All routes of house numbers: under ``/api/house-numbers``, and the page a paper leads to."""

from fastapi import APIRouter

from api.house_numbers import certificates, giving, proposing, reviewing, streets

router = APIRouter()
router.include_router(proposing.router)
router.include_router(certificates.router)
router.include_router(giving.router)
router.include_router(reviewing.router)
router.include_router(streets.router)
