"""Every setting, once, typed, from the environment (prefix SYNCHROMESH_) or a file `.env` beside manage.py.

Each default is good for a laptop. With SYNCHROMESH_ENVIRONMENT=production the insecure ones are refused at start.
"""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from synchromesh.config.own_secrets import own_secret
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.plumbing.extras import is_installed

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[3]
env = Env(prefix="SYNCHROMESH_")
if (ROOT / ".env").exists():
    env.read_env(str(ROOT / ".env"), recurse=False)

ENVIRONMENT: str = env.str("ENVIRONMENT", "laptop")
if ENVIRONMENT not in {"laptop", "test", "production"}:
    raise ImproperlyConfigured("SYNCHROMESH_ENVIRONMENT must be laptop, test or production.")
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"

DATA_DIR = Path(env.str("DATA_DIR", str(ROOT / "var"))).resolve()
STARTER_DIR = Path(env.str("STARTER_DIR", str(ROOT / "starter"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _secret(given: str, *, name: str, file: str) -> str:
    """What the environment gives; on a laptop a secret that is made on first use and kept in the data folder."""
    if PRODUCTION and not given:
        raise ImproperlyConfigured(f"Set {name}: production does not start on a generated one.")
    if PRODUCTION and len(given) < 50:
        raise ImproperlyConfigured(f"{name} must have at least 50 characters in production.")
    return given or own_secret(DATA_DIR / file)


SECRET_KEY = _secret(env.str("SECRET_KEY", ""), name="SYNCHROMESH_SECRET_KEY", file="secret-key")
# Encrypts the signing keys at rest. Another one makes them unreadable, so it is kept apart and backed up.
CREDENTIAL_KEY_SECRET = _secret(
    env.str("CREDENTIAL_KEY_SECRET", ""), name="SYNCHROMESH_CREDENTIAL_KEY_SECRET", file="credential-key-secret"
)
# A dotted path to a factory of signers whose keys lie elsewhere (HSM, remote service); docs/operations/signing-keys.md.
CREDENTIAL_SIGNER: str = env.str("CREDENTIAL_SIGNER", "")
SEAL_FILE: str = env.str("SEAL_FILE", "")
SEAL_PASSWORD: str = env.str("SEAL_PASSWORD", "")
SEAL_ISSUER: str = env.str("SEAL_ISSUER", "")
DEBUG: bool = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
SITE_ADDRESS: str = env.str("SITE_ADDRESS", "" if PRODUCTION else "http://localhost:8000").rstrip("/")
if PRODUCTION and (DEBUG or not ALLOWED_HOSTS or not SITE_ADDRESS.startswith("https://")):
    raise ImproperlyConfigured(
        "Production needs SYNCHROMESH_ALLOWED_HOSTS, an https SYNCHROMESH_SITE_ADDRESS and SYNCHROMESH_DEBUG unset."
    )
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if PRODUCTION else []

ALLIANCE_NAME: str = env.str("ALLIANCE_NAME", "Automotive Skills Alliance")
# Where the alliance is at home: what it awards must state the country of its issuer. Invented outside production.
ALLIANCE_COUNTRY: str = env.str("ALLIANCE_COUNTRY", "" if PRODUCTION else "BE").upper()
if ALLIANCE_COUNTRY and not (len(ALLIANCE_COUNTRY) == 2 and ALLIANCE_COUNTRY.isalpha()):
    raise ImproperlyConfigured("SYNCHROMESH_ALLIANCE_COUNTRY must be a code of two letters (ISO 3166-1), such as DE.")
CONTACT_EMAIL: str = env.str("CONTACT_EMAIL", "skills@example.org")

# Applications --------------------------------------------------------------------------------------------------
OIDC_SERVER: str = env.str("OIDC_SERVER", "")
SAML_METADATA: str = env.str("SAML_METADATA", "")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "lucide",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "synchromesh.plumbing",
    "synchromesh.search",
    "synchromesh.places",
    "synchromesh.accounts",
    "synchromesh.framework",
    "synchromesh.catalogue",
    "synchromesh.credentials",
    "synchromesh.assessment",
    "synchromesh.community",
    "synchromesh.passports",
    "synchromesh.learning",
    "synchromesh.pathways",
    "synchromesh.site",
    "synchromesh.web",
]
if OIDC_SERVER or SAML_METADATA:
    INSTALLED_APPS += ["allauth.socialaccount"]
    SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER:
    INSTALLED_APPS += ["allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("OIDC_NAME", "Single sign-on"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
    }
if SAML_METADATA:
    if not is_installed("login"):
        raise ImproperlyConfigured("SYNCHROMESH_SAML_METADATA needs the extra 'login': make setup LOCK=full")
    INSTALLED_APPS += ["allauth.socialaccount.providers.saml"]
    SOCIALACCOUNT_PROVIDERS["saml"] = {
        "APPS": [
            {
                "provider_id": "saml",
                "client_id": "saml",
                "name": env.str("SAML_NAME", "Single sign-on"),
                "settings": {
                    "idp": {"entity_id": env.str("SAML_ENTITY_ID"), "metadata_url": SAML_METADATA},
                    "attribute_mapping": {"email": env.str("SAML_EMAIL_ATTRIBUTE", "email")},
                },
            }
        ]
    }

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "synchromesh.web.kept_pages.middleware.PageKeepingMiddleware",
    # Pages may be compressed although they hold a secret: Django masks the CSRF token anew in each answer, and the
    # middleware adds a random number of bytes, so that the length tells nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "synchromesh.web.middleware.NullCharacterMiddleware",
    "synchromesh.web.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "synchromesh.api.middleware.ApiMiddleware",
    "synchromesh.web.middleware.ErrorTranslationMiddleware",
]
ROOT_URLCONF = "synchromesh.config.urls"
WSGI_APPLICATION = "synchromesh.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src/synchromesh/web/templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "synchromesh.web.context.page_frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "synchromesh.web.templatetags.synchromesh",
                "synchromesh.web.templatetags.names",
                "synchromesh.web.templatetags.page_frame",
            ],
            "string_if_invalid": "⚠ unknown variable %s ⚠" if TESTING else "",
        },
    }
]

# Data ----------------------------------------------------------------------------------------------------------
_database = env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'synchromesh.sqlite3'}")
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(_database, conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # What a connection asks often is prepared by the server: planning costs as much as answering in most pages.
    DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SEARCH_BACKEND: str = env.str("SEARCH_BACKEND", "tantivy")
SEARCH_DIR = DATA_DIR / "search"
OPEN_DATA_DIR = DATA_DIR / "open-data"

# How much is spent on matching texts, by what it is for: quality and middle need the extra `matching`.
_BEST_MODE = "fast" if TESTING else "quality"  # tests need the right answer, not the best one
MATCHING_MODES: dict[str, str] = {
    "courses": env.str("MATCHING_COURSES", _BEST_MODE),
    "cv": env.str("MATCHING_CV", _BEST_MODE),
    "command": env.str("MATCHING_COMMAND", _BEST_MODE),
}
if not set(MATCHING_MODES.values()) <= {"quality", "middle", "fast"}:
    raise ImproperlyConfigured("SYNCHROMESH_MATCHING_COURSES, _CV and _COMMAND: quality, middle or fast.")
MATCHING_MODEL: str = env.str("MATCHING_MODEL", "")
# After how many months somebody should look again at what a course was said to teach.
MAPPING_REVIEW_MONTHS: int = env.int("MAPPING_REVIEW_MONTHS", 12)
if not 1 <= MAPPING_REVIEW_MONTHS <= 120:
    raise ImproperlyConfigured("SYNCHROMESH_MAPPING_REVIEW_MONTHS must be from 1 to 120.")
# Wanted training: from how many wishes on everybody sees their number, and words that somebody typed; with fewer wishes
# a skill is named without a number, or left out.
WISHES_SHOWN_FROM: int = env.int("WISHES_SHOWN_FROM", 5)
WISH_WORDS_SHOWN_FROM: int = env.int("WISH_WORDS_SHOWN_FROM", 10)
FEW_WISHES_NAMED: bool = env.bool("FEW_WISHES_NAMED", True)
if not 2 <= WISHES_SHOWN_FROM <= WISH_WORDS_SHOWN_FROM:
    raise ImproperlyConfigured(
        "SYNCHROMESH_WISHES_SHOWN_FROM must be at least 2, and SYNCHROMESH_WISH_WORDS_SHOWN_FROM no less than it."
    )
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend" if TESTING else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "fetching"],  # what waits for other servers must not hold up the rest
    }
}
# Room for the counters of many visitors: with the default of 300 a few of them would push out the others' counts.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}}
PAGE_CACHE_MB: int = env.int("PAGE_CACHE_MB", 32)  # in each process, for whole public pages; 0 keeps none
# How many texts a visitor may send to the interface for programs in a minute; who is signed in has five times as many.
API_TEXTS_PER_MINUTE: int = env.int("API_TEXTS_PER_MINUTE", 600)

# Files that people send ----------------------------------------------------------------------------------------
UPLOAD_LIMIT_BYTES: int = env.int("UPLOAD_LIMIT_BYTES", 20 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "synchromesh.web.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# What is fetched from other servers ----------------------------------------------------------------------------
# Networks that are not public and may be reached all the same, such as 10.1.0.0/16 with one's own learning platform.
_networks: list[str] = env.list("FETCH_NETWORKS", [])
FETCH_NETWORKS = [ip_network(network) for network in _networks]
# A course feed with all its pages, as it is unpacked.
FEED_LIMIT_BYTES: int = env.int("FEED_LIMIT_BYTES", 500 * 1024 * 1024)
# Whether the addresses of courses are looked at again and again; not by every laptop that happens to run.
CHECK_LINKS: bool = env.bool("CHECK_LINKS", PRODUCTION)

# People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    # Argon2 is slow on purpose; the tests that check it say so themselves.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# How many proxies of our own stand in front: the visitor's address is read that far from the end of the header.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXIES", 0)
ACCOUNT_ADAPTER = "synchromesh.accounts.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me:home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 30 * 24 * 3600  # answers of a self-check are kept 30 days
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True

# Mail ----------------------------------------------------------------------------------------------------------
EMAIL_HOST: str = env.str("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT: int = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER: str = env.str("EMAIL_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("EMAIL_PASSWORD", "")
EMAIL_USE_TLS: bool = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.str("FROM_EMAIL", CONTACT_EMAIL)

# Language and time ---------------------------------------------------------------------------------------------
# The interface languages that are complete enough to offer; content carries its own language, any of the 24.
INTERFACE_LANGUAGES: list[str] = env.list("LANGUAGES", ["en", "de"])
LANGUAGE_CODE = "en"
LANGUAGES = [(code, OWN_NAMES[code]) for code in INTERFACE_LANGUAGES]
# Our own texts, then what we word differently in packages (docs/translating.md).
LOCALE_PATHS = [ROOT / "src/synchromesh/web/locale", ROOT / "src/synchromesh/web/locale_of_packages"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["synchromesh.web.formats"]
TIME_ZONE = "UTC"

# Static files --------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_MAX_AGE = 3600
WHITENOISE_AUTOREFRESH = TESTING or DEBUG

# Security ------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Money ---------------------------------------------------------------------------------------------------------
# Euro for one unit of a currency, set by the operator; a currency that is not here makes a price unknown in plans.
# For example SYNCHROMESH_EXCHANGE_RATES=CZK=0.04,SEK=0.09
EXCHANGE_RATES: dict[str, str] = env.dict("EXCHANGE_RATES", {})

# Logs ----------------------------------------------------------------------------------------------------------
# One event a line: for people on a laptop, JSON in production. Never a password, a code or the text of a CV, and so an
# error comes without the values of its variables.
LOG_LEVEL: str = env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")
_LOG_STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "events": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _LOG_STEPS,
            "processor": structlog.processors.JSONRenderer()
            if PRODUCTION
            else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "events"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
structlog.configure(
    processors=[*_LOG_STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
