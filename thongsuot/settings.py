"""One settings module for every place it runs; what differs comes from `env`."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from thongsuot import env
from thongsuot.running import postgres

SECRET_KEY = env.secret_key()
DEBUG = False
ALLOWED_HOSTS = list(env.HOSTS.read())
ROOT_URLCONF = "thongsuot.urls"
WSGI_APPLICATION = "thongsuot.wsgi.application"

INSTALLED_APPS = [
    # Before Django's own: our `migrate` sets the timeouts of the migrating connection.
    "thongsuot.cli",
    "thongsuot.records",
    "thongsuot.web",
    "thongsuot.workers",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "thongsuot.web.headers.content_security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "thongsuot.web.gate.gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    """The operator's server if one is named, else the embedded one of this folder."""
    url = env.DATABASE_URL.read()
    given = conninfo_to_dict(url) if url else {}
    in_url = given.pop("dbname", None)  # as an option it would be stronger than NAME
    embedded = postgres.address(env.VAR.read()) if not url else None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env.DATABASE.read() or in_url or "thongsuot",
        "HOST": embedded.host if embedded else given.pop("host", ""),
        "PORT": str(embedded.port if embedded else given.pop("port", "")),
        "USER": embedded.user if embedded else given.pop("user", ""),
        "PASSWORD": given.pop("password", ""),
        "OPTIONS": {"application_name": "thongsuot"} | given,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


# `codes` is a second connection to the same database: a dossier's number is taken in a short
# transaction of its own, so a long one beside it holds nobody up.
DATABASES = {"default": _database(), "codes": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.AccountRow"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"

# The name by which this system is the home of a dossier.
HOME_SYSTEM = "provincial"
DATA_DIR = env.ROOT / "data"

# What runs by itself is read when a worker starts.
PROCRASTINATE_IMPORT_PATHS = ["thongsuot.workers.schedule"]

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.ROOT / "static-collected"


def papers_store() -> dict[str, Any]:
    """The bucket that the operator names, else a folder."""
    bucket = env.PAPERS_BUCKET.read()
    if not bucket:
        folder = env.PAPERS.read() or env.VAR.read() / "papers"
        return {
            "BACKEND": "thongsuot.records.storage.WholeFiles",
            "OPTIONS": {"location": env.ROOT / folder, "base_url": None},
        }
    options = {
        "bucket_name": bucket,
        "endpoint_url": env.PAPERS_ENDPOINT.read() or None,
        "region_name": env.PAPERS_REGION.read(),
        "access_key": env.PAPERS_ACCESS_KEY.read() or None,
        "secret_key": env.PAPERS_SECRET_KEY.read() or None,
        "file_overwrite": True,  # the same name is the same content
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


PUBLIC_URL = env.PUBLIC_URL.read()
FILE_LINK_DAYS = env.FILE_LINK_DAYS.read()
FILE_MEGABYTES = env.FILE_MEGABYTES.read()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "papers": papers_store(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MANIFEST_STRICT = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

SESSION_ENGINE = "thongsuot.records.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
IDLE_MINUTES = env.IDLE_MINUTES.read()
SIGN_IN_FAILURES = env.SIGN_IN_FAILURES.read()
SIGN_IN_ADDRESS_FAILURES = env.SIGN_IN_ADDRESS_FAILURES.read()
SIGN_IN_WINDOW = env.SIGN_IN_WINDOW.read()
LOOKUP_FAILURES = env.LOOKUP_FAILURES.read()
LOOKUP_ADDRESS_FAILURES = env.LOOKUP_ADDRESS_FAILURES.read()
LOOKUP_WINDOW = env.LOOKUP_WINDOW.read()
EMAIL_HOST = env.SMTP_HOST.read()
EMAIL_PORT = env.SMTP_PORT.read()
EMAIL_USE_TLS = env.SMTP_TLS.read()
EMAIL_HOST_USER = env.SMTP_USER.read()
EMAIL_HOST_PASSWORD = env.SMTP_PASSWORD.read()
DEFAULT_FROM_EMAIL = env.SMTP_FROM.read()
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

IS_HTTPS = env.HTTPS.read()
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if IS_HTTPS else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.LOG_LEVEL.read()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # A line for each task that is known and each job that is asked for tells nobody anything.
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.jobs": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
