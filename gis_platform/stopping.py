"""Stopping what runs beside the requests, so that it has really stopped."""

import asyncio

_ASK_AGAIN_S = 0.5


async def cancelled(*tasks: "asyncio.Task[None]") -> None:
    """Cancel the tasks and wait until each is over; what they raise is theirs.

    Libraries lose a cancellation now and then (``asyncio.wait_for`` of Python 3.11 does when what it waits
    for comes at that very moment), and a task that goes on for ever would then be waited for as long: so
    those that are still there are asked again.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_ASK_AGAIN_S)
    await asyncio.gather(*tasks, return_exceptions=True)
