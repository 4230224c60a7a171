"""Settings of the plain site: those of `wagtail start`, on the database that is given."""

import environ

env = environ.Env()

SECRET_KEY = "for-benchmarks-only"
DATABASES = {"default": env.db_url("DATABASE_URL")}
INSTALLED_APPS = [
    "tests.bench.plain",
    "wagtail.contrib.redirects",
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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
# Tables are made from the models at once: migrations would need one of this app, and minutes.
MIGRATION_MODULES = dict.fromkeys(
    [
        *("wagtailcore", "wagtailadmin", "wagtailsearch", "wagtailimages", "wagtaildocs"),
        *("wagtailusers", "wagtailembeds", "wagtailredirects", "taggit"),
        *("auth", "contenttypes", "sessions"),
    ]
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tests.bench.plain.urls"
STATIC_URL = "/static/"
USE_TZ = True
LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("sv", "Svenska"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_SITE_NAME = "Plain"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
