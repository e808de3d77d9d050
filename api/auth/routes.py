"""All routes under ``/api/auth``."""

from fastapi import APIRouter

from api.auth import oidc, password

router = APIRouter(prefix="/api/auth", tags=["Sign-in"])
router.include_router(password.router)
router.include_router(oidc.router)
