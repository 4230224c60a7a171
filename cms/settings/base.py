"""Settings that every environment shares. Each variable is in docs/operations.md."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")

# Off, as on a staging site: search engines are asked to leave the site alone.
SEARCH_ENGINES = env.bool("SEARCH_ENGINES", default=True)
# Where somebody who finds a weakness can turn, such as mailto:security@example.org.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# For how many months a confirmation of crisis help counts.
CRISIS_HELP_MONTHS = env.int("CRISIS_HELP_MONTHS", default=12)
# Whether the end of a page asks visitors if it helped; answers are counted, and nothing else.
ASK_WHETHER_IT_HELPED = env.bool("ASK_WHETHER_IT_HELPED", default=True)

# URL of a separate front end in which editors preview drafts; empty where there is none.
FRONTEND_URL = env.str("FRONTEND_URL", default="").rstrip("/")

INSTALLED_APPS = [
    "pages",
    "faq",
    "cms.core",
    "cms.public",
    "cms.content",
    "cms.journal",
    "cms.caching",
    "cms.delivery",
    "cms.discovery",
    "cms.search",
    "cms.feedback",
    "cms.translation",
    "cms.review",
    "cms.crisis",
    "cms.editing",
    "cms.webhooks",
    "cms.accounts",
    "cms",
    "axes",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "rest_framework",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # For its Swedish catalogue of relative times, which Wagtail uses.
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    # For its templates.
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "cms.delivery.middleware.ApiMiddleware",
    "cms.caching.middleware.ResponseCacheMiddleware",
    "cms.core.middleware.PublicAnswerMiddleware",
    "cms.core.middleware.UnlistedMiddleware",
    "cms.core.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.core.middleware.AdminLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.public.redirects.RedirectMiddleware",
    "cms.refusals.RefusalMiddleware",
    "cms.content.told_losses.LossesMiddleware",
]

SESSION_ENGINE = "cms.core.sessions"

CSRF_FAILURE_VIEW = "cms.errors.csrf_failure"

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database -----------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A write transaction that starts with a read cannot wait for a lock in WAL mode, so
        # every transaction takes the write lock first; readers are never blocked by it.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode = WAL;"
            "PRAGMA synchronous = NORMAL;"
            "PRAGMA foreign_keys = ON;"
            "PRAGMA temp_store = MEMORY;"
            "PRAGMA mmap_size = 134217728;"
            "PRAGMA journal_size_limit = 67108864;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL_SIZE", default=8),
            # Seconds that a request waits for a connection, and after which the pool begins anew
            # to ask a server that is away: by default its pauses grow to minutes.
            "timeout": 3,
            "reconnect_timeout": 3,
        }
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Caches -------------------------------------------------------------------------------

# Off: every page is rendered for every reader.
RESPONSE_CACHE = env.bool("RESPONSE_CACHE", default=True)
# How long a process may use the journal's version that it has read, 0 for no time at all. The same
# in all processes: whoever publishes waits so long before anybody is told.
VERSION_LEASE_MS = env.int("VERSION_LEASE_MS", default=50)
# How many seconds kept answers go on while the database does not answer.
SERVE_WITHOUT_DATABASE = env.int("SERVE_WITHOUT_DATABASE", default=600)
# Cache-Control of public responses. The default makes browsers and CDNs revalidate each time, so
# that a publication is visible at once; the entity tag makes that cheap.
PUBLIC_CACHE_CONTROL = env.str("PUBLIC_CACHE_CONTROL", default="public, max-age=0, must-revalidate")
# How many bytes of kept answers each process holds in its memory; more are in the database.
RESPONSE_MEMORY = env.int("RESPONSE_MEMORY", default=128 * 1024 * 1024)

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# --- Telling other systems ----------------------------------------------------------------

# On: `manage.py db_worker --backend webhooks` sends webhooks and purges. Off: the process that
# made the change sends them. Wagtail's own tasks always run at once.
WEBHOOK_WORKER = env.bool("WEBHOOK_WORKER", default=False)
# Private networks that webhooks may reach, also by http; none in production unless a receiver
# runs in the same network.
WEBHOOK_PRIVATE_NETWORKS = env.list("WEBHOOK_PRIVATE_NETWORKS", default=[])

IMMEDIATE = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
TASKS: dict[str, dict[str, Any]] = {
    "default": IMMEDIATE,
    "webhooks": {"BACKEND": "django_tasks_db.DatabaseBackend"} if WEBHOOK_WORKER else IMMEDIATE,
}

# Content delivery networks that are purged of changed URLs.
WAGTAILFRONTENDCACHE: dict[str, dict[str, Any]] = {}
if location := env.str("CDN_PURGE_URL", default=""):
    WAGTAILFRONTENDCACHE["proxy"] = {
        "BACKEND": "cms.webhooks.purging.network.PurgeBackend",
        "LOCATION": location,
    }
if zone := env.str("CDN_CLOUDFLARE_ZONE", default=""):
    WAGTAILFRONTENDCACHE["cloudflare"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend",
        "ZONEID": zone,
        "BEARER_TOKEN": env.str("CDN_CLOUDFLARE_TOKEN"),
    }
if distribution := env.str("CDN_CLOUDFRONT_DISTRIBUTION", default=""):
    WAGTAILFRONTENDCACHE["cloudfront"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudfrontBackend",
        "DISTRIBUTION_ID": distribution,
    }

# --- Languages ----------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("sv", "Svenska"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# The second has what catalogues of Wagtail and other apps lack.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"]
# British dates in English; Django's own are American.
FORMAT_MODULE_PATH = "cms.core.formats"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

# --- Files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Wagtail ------------------------------------------------------------------------------

# Forms of long pages have more than Django's 1,000 fields, in the editor and on the desk.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
WAGTAIL_SITE_NAME = "Samtal"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
# Submitting a page for translation must never publish its source-language text.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Machine translator of wagtail-localize: {"CLASS": …, "OPTIONS": {…}}.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = env.json("MACHINE_TRANSLATOR", default=None)
# Slugs that can be typed on any keyboard: "ångest" becomes "angest".
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A clinical reviewer publishes by approving.
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.review.finishing.publish"
# Whether reviewers may approve what they wrote or submitted; pages then do not name them.
REVIEW_BY_AUTHOR = env.bool("REVIEW_BY_AUTHOR", default=False)
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.core.search.backend"}}
# Decoding an image of this size takes about half a gigabyte of memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
# Looks as good as WebP at Wagtail's 80, in a third fewer bytes.
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.content.image_uploads.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ul", "ol", "link", "document-link"]},
    }
}

# --- Passwords ----------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", **options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 12}}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.forms.AdminLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.accounts.forms.ResetForm"  # noqa: S105  # a class
LOGIN_REDIRECT_URL = "/"

# Whether all requests come through a proxy that appends to X-Forwarded-For.
TRUST_X_FORWARDED_FOR = env.bool("TRUST_X_FORWARDED_FOR", default=False)
# Five wrong passwords in five minutes, then a wait of five; see `AttemptsHandler`.
AXES_CLIENT_IP_CALLABLE = "cms.accounts.attempts.client_address"
AXES_HANDLER = "cms.accounts.attempts.AttemptsHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_LOCKOUT_CALLABLE = "cms.accounts.attempts.mark_too_many_requests"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=5)
# Otherwise every attempt during the wait would prolong it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# No record of who logged in when and from where.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# --- Security -----------------------------------------------------------------------------

X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
# What no page of the site asks of a browser.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
