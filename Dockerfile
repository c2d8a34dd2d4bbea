# The same commands that `make run` and CI use, in two stages: what builds is not in what runs. The client for a cluster
# is in it too, so that one image serves with either engine.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements-opensearch.lock .
RUN .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir \
        --require-hashes --requirement requirements-opensearch.lock
COPY pyproject.toml README.md LICENSE ./
COPY index index
COPY search search
COPY web web
RUN .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir \
        --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin pressok \
    && install --directory --owner=pressok --group=pressok /data
COPY --from=build /app/.venv /app/.venv
COPY --from=build /app/index/samples /app/samples
COPY deploy/start.sh /app/start.sh
ENV PATH=/app/.venv/bin:$PATH \
    PRESSOK_DATA=/data \
    PRESSOK_BIND=0.0.0.0:8000 \
    PYTHONUNBUFFERED=1
USER pressok
WORKDIR /app
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PRESSOK_BIND'].rpartition(':')[2] + '/healthz', timeout=4)"]
CMD ["/app/start.sh"]
