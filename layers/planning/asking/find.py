"""Which parcels a question means: each way of asking has a module, here one is chosen."""

from gis_platform.city import City
from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter
from layers.planning.asking.beginning import on_a_day_of_the_data
from layers.planning.asking.by_address import by_address
from layers.planning.asking.by_ground import by_ground
from layers.planning.asking.by_number import by_id, by_identifier, by_number
from layers.planning.asking.by_point import by_point
from layers.planning.asking.corners import ground_of_corners
from layers.planning.asking.drawing import ground_of_drawing
from layers.planning.asking.question import Found, Question, Times
from layers.planning.asking.several import by_several


async def find(work: UnitOfWork, question: Question, city: City, times: Times | None = None) -> Found:
    """The parcels the question means on the day that is asked about, in no case none.

    Raises, with a detail in the asker's language:
        NotFound: nothing is there; the detail says what was looked for and what to try. Of a day before the
            data it says that, and ``begins`` is the first day with data.
        BadParameter: what was given cannot be read; ``parameter`` names it.
    """
    when = times or Times()
    async with on_a_day_of_the_data(work, when, question.language):
        return await _found(work, question, city, when)


async def _found(work: UnitOfWork, question: Question, city: City, when: Times) -> Found:
    language = question.language
    if question.point is not None:
        return await by_point(work, question.point, city.envelope, when, language)
    if question.area is not None:
        return await by_ground(work, ground_of_drawing(question.area, city, language), when, language)
    if question.corners is not None:
        ground = ground_of_corners(question.corners, question.crs, city, language)
        return await by_ground(work, ground, when, language)
    if question.parcels:
        return await by_several(work, question.parcels, when, language, city.around)
    return await _named(work, question, when, city)


async def _named(work: UnitOfWork, question: Question, when: Times, city: City) -> Found:
    language = question.language
    if question.identifier is not None:
        return await by_identifier(work, question.identifier, when, language)
    if question.address is not None:
        return await by_address(work, question.address, when, language)
    if question.id is not None:
        return await by_id(work, question.id, when, language)
    if question.sheet is None or question.parcel is None:
        raise BadParameter("A question needs something to look for.", parameter="point")
    return await by_number(work, question, when, city.around)
