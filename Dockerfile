# syntax=docker/dockerfile:1

# The static binary with the app inside, by the repository's own command.
FROM rust:1.95-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends musl-tools nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /frontdesk
COPY . .
RUN cargo xtask release \
    && mkdir -m 700 /empty

# Nothing but the binary, the authorities that it trusts, and a folder that it may write.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /frontdesk/target/dist/frontdesk-proxy /frontdesk-proxy
COPY --from=build --chown=10001:10001 /empty /data
ENV FRONTDESK_DATA=/data \
    FRONTDESK_LISTEN=0.0.0.0:8080 \
    FRONTDESK_LOG=json
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/frontdesk-proxy"]
