"""Which settings does Valley run with, and which of them may the environment change?

Every variable is listed in ``docs/reference/settings.md``; a test compares the two.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environs
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environs.Env()

VALLEY_HOME = Path(env.str("VALLEY_HOME", str(Path.home() / ".valley"))).expanduser().resolve()
VALLEY_URL = env.str("VALLEY_URL", "http://localhost:8000").rstrip("/")
VALLEY_REGION = env.str("VALLEY_REGION", "Customer Service Valley")
VALLEY_DEMO = env.bool("VALLEY_DEMO", False)
VALLEY_REQUESTS_PER_MINUTE = env.int("VALLEY_REQUESTS_PER_MINUTE", 600)
VALLEY_THEME = env.str("VALLEY_THEME", "")
VALLEY_SHARED_DATA = env.str("VALLEY_SHARED_DATA", "")


def _home() -> Path:
    VALLEY_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
    return VALLEY_HOME


def _kept_secret(name: str) -> str:
    """A secret from a file in the home folder, made on first use and readable by its owner only."""
    path = _home() / name
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        try:
            fresh.replace(path) if not path.exists() else fresh.unlink()
        except OSError:
            fresh.unlink(missing_ok=True)
    return path.read_text().strip()


SECRET_KEY = env.str("VALLEY_SECRET_KEY", "") or _kept_secret("secret.key")
VALLEY_MASTER_KEY = env.str("VALLEY_MASTER_KEY", "") or _kept_secret("master.key")
DEBUG = env.bool("VALLEY_DEBUG", False)

_address = urlsplit(VALLEY_URL)
_https = _address.scheme == "https"
ALLOWED_HOSTS = env.list("VALLEY_HOSTS", [_address.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [VALLEY_URL]
WSGI_APPLICATION = "valley.site.wsgi.application"
ROOT_URLCONF = "valley.site.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "valley.site",
    "valley.demo",
    "valley.placement",
    "valley.routes",
    "valley.chains",
    "valley.careers",
    "valley.applications",
    "valley.mobility",
    "valley.field",
    "valley.curriculum",
    "valley.thread",
    "valley.vacancies",
    "valley.evidence",
    "valley.work",
    "valley.people",
    "valley.dossiers",
    "valley.reading",
    "valley.skills",
    "valley.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "valley.foundation.middleware.SafeHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "valley.foundation.middleware.RateLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "valley.foundation.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "valley.foundation.middleware.CallerMiddleware",
    "valley.foundation.once.OnceMiddleware",
    "valley.foundation.middleware.ProblemMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "valley.site.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "valley.site.forms.ValleyRenderer"

# --- databases -------------------------------------------------------------------------------------------------------


def sqlite(name: str, *, synchronous: str = "FULL") -> dict[str, object]:
    """SQLite for a busy web application: write-ahead log, writers queue instead of failing, safe after power loss."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(VALLEY_HOME / name),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;",
        },
    }


_database_url = env.str("DATABASE_URL", "")
DATABASES: dict[str, dict[str, object]] = {}
if _database_url:
    import dj_database_url

    DATABASES["default"] = {**dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)}
else:
    _home()
    DATABASES["default"] = sqlite("valley.sqlite3")
# The vault holds the keys of sensitive text: a file of its own, so that a backup of the main database never has it.
DATABASES["vault"] = sqlite("vault.sqlite3")
# The cache is shared by all processes and may be lost at any time.
DATABASES["cache"] = sqlite("cache.sqlite3", synchronous="OFF")
DATABASE_ROUTERS = ["valley.foundation.router.Router"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "valley_cache", "TIMEOUT": 600}
}

# --- who signs in, and how --------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "foundation.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    # OWASP ASVS 5.0, 6.2.1: fifteen characters are advised, twelve is our floor because a second factor follows.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "valley.foundation.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
MFA_TOTP_ISSUER = VALLEY_REGION
USERSESSIONS_TRACK_ACTIVITY = False
EMAIL_BACKEND = env.str(
    "VALLEY_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if env.str("VALLEY_SMTP_HOST", "")
    else "valley.foundation.outbox.OutboxBackend",
)
EMAIL_HOST = env.str("VALLEY_SMTP_HOST", "")
EMAIL_PORT = env.int("VALLEY_SMTP_PORT", 587)
EMAIL_HOST_USER = env.str("VALLEY_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.str("VALLEY_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.bool("VALLEY_SMTP_TLS", True)
DEFAULT_FROM_EMAIL = env.str("VALLEY_FROM", f"valley@{_address.hostname or 'localhost'}")

# --- words ------------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
FORMAT_MODULE_PATH = "valley.site.formats"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VALLEY_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- safe by default --------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _https and env.bool("VALLEY_HTTPS_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("VALLEY_BEHIND_PROXY", False) else None
SECURE_HSTS_SECONDS = 63_072_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "valley-session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "valley-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# OWASP ASVS 5.0, 7.3: an inactive session ends after eight hours (a working day at a desk).
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "valley.site.problems.csrf_failure"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("VALLEY_LOG_LEVEL", "WARNING")},
}
