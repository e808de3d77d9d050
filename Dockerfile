# syntax=docker/dockerfile:1
# Two images from one file: `db` (PostgreSQL with PostGIS and pgRouting) and `app`.

FROM postgres:15-bookworm AS db
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        postgresql-15-postgis-3 postgresql-15-postgis-3-scripts postgresql-15-pgrouting \
    && rm -rf /var/lib/apt/lists/*
ENV POSTGRES_DB=gis POSTGRES_INITDB_ARGS="--encoding=UTF8 --locale=C.UTF-8 --data-checksums"
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=12 \
    CMD ["pg_isready", "--quiet", "--host=127.0.0.1", "--username=postgres", "--dbname=gis"]
CMD ["postgres", "-c", "jit=off", "-c", "random_page_cost=1.1", "-c", "shared_buffers=512MB", \
     "-c", "work_mem=32MB", "-c", "maintenance_work_mem=256MB", "-c", "max_wal_size=4GB", \
     "-c", "wal_compression=lz4", "-c", "timezone=UTC"]


FROM python:3.11-slim-bookworm AS app
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/app/.venv/bin:$PATH
WORKDIR /app
# Packages first: they change seldom, and this layer is then kept.
COPY requirements.lock ./
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r requirements.lock
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && rm -rf /root/.npm
COPY . .
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --no-deps --no-build-isolation --editable . \
    && .venv/bin/python -m compileall -q gis_platform layers etl api web_map \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin gis \
    && install -d -o gis -g gis -m 0700 /data
USER gis
ENV GIS_HOST=0.0.0.0 GIS_PORT=8000 GIS_DATA_DIR=/data
VOLUME /data
EXPOSE 8000
# The first start migrates and loads the demo city.
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
STOPSIGNAL SIGINT
CMD ["gis-platform", "run"]
