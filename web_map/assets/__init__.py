"""Files the page loads: our own under ``/static``, named files of front-end packages under ``/vendor``."""
