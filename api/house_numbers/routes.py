"""All routes under ``/api/house-numbers``."""

from fastapi import APIRouter

from api.house_numbers import giving, proposing, reviewing

router = APIRouter()
router.include_router(proposing.router)
router.include_router(giving.router)
router.include_router(reviewing.router)
