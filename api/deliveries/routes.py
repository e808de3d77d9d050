"""All routes of deliveries; nobody but stewards and administrators gets as far as one of them.

Planners upload too: the file of a draft plan comes in by the same door.
"""

from fastapi import APIRouter, Depends

from api.deliveries import beside, deciding, reading, reports, uploads
from api.deliveries.access import steward, uploader

router = APIRouter()
# First: its path would be taken for the number of a delivery.
router.include_router(uploads.router, dependencies=[Depends(uploader)])
for module in (reading, deciding, beside, reports):
    router.include_router(module.router, dependencies=[Depends(steward)])
