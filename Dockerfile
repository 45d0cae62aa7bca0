# One image for every process: `docker run … jumpline worker`. docker-compose.yml puts them together.
FROM python:3.12-slim-bookworm AS build

WORKDIR /build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/jumpline
# The lock file first: what changes rarely is built rarely. Nothing is installed that is not in it, by its hash.
COPY requirements.lock ./
RUN /opt/jumpline/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY config ./config
COPY worker ./worker
RUN /opt/jumpline/bin/pip install --no-deps --no-build-isolation .


FROM python:3.12-slim-bookworm

RUN groupadd --gid 10001 jumpline \
    && useradd --uid 10001 --gid jumpline --no-create-home --home-dir /data --shell /usr/sbin/nologin jumpline \
    && install --directory --owner jumpline --group jumpline /data
COPY --from=build /opt/jumpline /opt/jumpline
ENV PATH=/opt/jumpline/bin:$PATH \
    JUMPLINE_DATA=/data \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1
USER jumpline
WORKDIR /data
VOLUME /data

# A container holds one process, and each process says every five seconds that it lives.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=2 \
    CMD ["jumpline", "doctor", "--process", "any"]
ENTRYPOINT ["jumpline"]
CMD ["--help"]
