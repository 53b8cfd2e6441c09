# Parley in a container: `docker compose up` (compose.yaml) runs it beside a PostgreSQL; docs/deploy.md.
FROM python:3.13-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/parley
# what Parley stands on comes first, by hash: it changes less often than Parley, so its layer is kept
COPY requirements.lock ./
RUN /opt/parley/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/parley/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
    && /opt/parley/bin/pip uninstall --yes hatchling

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /ledgers parley
COPY --from=build /opt/parley /opt/parley
ENV PATH=/opt/parley/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
WORKDIR /ledgers
VOLUME /ledgers
EXPOSE 8731
# any answer will do: without the token a page is refused, but by a server that is there
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 8731), 3).close()"]
ENTRYPOINT ["parley"]
CMD ["serve", "--host", "0.0.0.0"]
