"""All routes under ``/api/auth``."""

from fastapi import APIRouter, Depends

from api.auth import keys, oidc, password
from api.strict import only_known_parameters

router = APIRouter(tags=["Sign-in"])
router.include_router(password.router, dependencies=[Depends(only_known_parameters)])
router.include_router(keys.router, dependencies=[Depends(only_known_parameters)])
router.include_router(oidc.router)
