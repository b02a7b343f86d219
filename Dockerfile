# BASE_IMAGE is any image with python3 3.11 or later and a shell.
ARG BASE_IMAGE=python:3.12-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /srv
COPY app app
# Bytecode is compiled once, here: the service runs as a user that cannot write it. Modes and times
# of the checkout end here too, so that the same source gives the same layer on every machine.
RUN python3 -m compileall -q --invalidation-mode unchecked-hash app \
 && chmod -R u=rwX,go=rX app \
 && touch -d @0 app/*.py app/__pycache__/*.pyc app/__pycache__ app .

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="mervis" \
      org.opencontainers.image.description="A small assistant service, the sample that deploy-spot-mig deploys." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV TZ=Asia/Seoul \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
COPY --from=build /srv /srv
WORKDIR /srv
# Numeric: base images differ in the names and tools they have for users.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=3s --timeout=2s --start-period=20s --retries=3 CMD ["python3", "-m", "app.health"]
CMD ["python3", "-m", "app"]
