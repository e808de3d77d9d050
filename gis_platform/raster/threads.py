"""Where GDAL works: a few threads beside the event loop, with a short queue before them."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from gis_platform.errors import Unavailable

Given = ParamSpec("Given")
Result = TypeVar("Result")

#: What would wait for more turns than this has been given up by its reader before it is drawn.
_QUEUE_PER_THREAD = 16


class RasterThreads:
    """Runs blocking work off the event loop; refuses it where too much waits already."""

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or min(4, os.cpu_count() or 1)
        self.most = self.threads * (_QUEUE_PER_THREAD + 1)
        self.taken = 0
        self._executor = ThreadPoolExecutor(self.threads, thread_name_prefix="raster")

    async def run(
        self, work: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """The result of ``work(*args, **kwargs)``.

        Raises:
            Unavailable: too much is waiting.
        """
        if self.taken >= self.most:
            raise Unavailable("Too many raster pictures are being drawn; try again shortly.", retry_after=2)
        loop = asyncio.get_running_loop()
        self.taken += 1
        future = self._executor.submit(work, *args, **kwargs)
        # When the work is over, not when its reader stops waiting: the thread is taken until then.
        future.add_done_callback(lambda done: self._released(loop, done))
        return await asyncio.wrap_future(future)

    def _released(self, loop: asyncio.AbstractEventLoop, _: "Future[Result]") -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._count_down)

    def _count_down(self) -> None:
        self.taken -= 1
